// node --test: what arrives packed answers to the same words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { unpack } from "./packed.js";
import { rank } from "./readings.js";

const tests = new URL("../../../search/tests/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, tests), "utf8"));
const { entries, hits } = read("vectors.json");
const arrived = unpack(read("packed.json"));

test("every reading arrives", () => {
  assert.deepEqual(
    arrived.map(({ ref, title, title_en, readings, english, codes }) => [ref, title, title_en, readings, english, codes]),
    entries.map(({ ref, title, title_en, readings, english, codes }) => [ref, title, title_en, readings, english, codes]),
  );
});

for (const [asked, expected] of Object.entries(hits)) {
  test(`“${asked}” finds the same in what arrived`, () => {
    assert.deepEqual(
      rank(asked, arrived).map(([howGood, entry]) => [entry.ref, howGood]),
      expected,
    );
  });
}

test("what an entry carries besides stays with it", () => {
  const [entry] = unpack({ said: {}, entries: [{ ref: "fact:x", title: "x", zh: { say: "好" } }] });
  assert.deepEqual(entry.zh, { say: "好" });
  assert.deepEqual(entry.aliases, []);
});
