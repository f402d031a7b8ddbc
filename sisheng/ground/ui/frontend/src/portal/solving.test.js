import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";

import { sha256 } from "./sha256.js";
import { solve } from "./solving.js";

const known = (text) => createHash("sha256").update(text).digest("hex");

test("the digest is that of everybody else, at every length around a block", () => {
  for (let length = 0; length < 200; length++) assert.equal(sha256("x".repeat(length)), known("x".repeat(length)));
});

test("the number that was hidden is found, and told with the challenge", () => {
  const asked = { algorithm: "SHA-256", salt: "abc?once=k&", maxNumber: 500, challenge: known("abc?once=k&321"), signature: "s" };

  assert.deepEqual(JSON.parse(atob(solve(asked))), { ...asked, number: 321 });
});

test("what has no solution is left alone", () => {
  assert.equal(solve({ salt: "abc", maxNumber: 20, challenge: known("something else") }), "");
});
