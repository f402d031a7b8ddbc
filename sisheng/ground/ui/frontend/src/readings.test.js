// node --test: the browser scores names exactly as the server does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fold, rank, score } from "./readings.js";

const tests = new URL("../../../search/tests/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, tests), "utf8"));
const { entries, hits } = read("vectors.json");

for (const [asked, expected] of Object.entries(hits)) {
  test(`“${asked}” scores here as on the server`, () => {
    const found = rank(asked, entries).map(([howGood, entry]) => [entry.ref, howGood]);
    assert.deepEqual(found, expected);
  });
}

for (const wish of read("wishes.json")) {
  test(`“${wish.asked}” finds what the desk means`, () => {
    const found = rank(wish.asked, entries).map(([, entry]) => entry.title);
    if (wish.only) assert.deepEqual([...found].sort(), [...wish.only].sort());
    if (wish.first) assert.equal(found[0], wish.first);
    for (const title of wish.holds ?? []) assert.ok(found.includes(title), title);
    for (const title of wish.lacks ?? []) assert.ok(!found.includes(title), title);
  });
}

test("what is typed is folded as on the server", () => {
  assert.equal(fold("ＴＳ　０００７\u0000"), "ts 0007");
  assert.equal(fold("x\u200by\ud800z"), "xyz");
  assert.equal(fold("𠮷".repeat(100)), "𠮷".repeat(64));
});

test("nothing that can be typed breaks the matching", () => {
  for (const asked of ["\u0000", "\ud800", "x".repeat(4_000_000), "行".repeat(100_000), "((((", "%", "\\"]) {
    assert.equal(score(asked, entries[0]), null);
  }
});
