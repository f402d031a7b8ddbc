// The answers of this desk, held in the browser so that they are there before the next key (ux.md S2).

import { unpack } from "./packed.js";
import { rank } from "./readings.js";

const MOST = 8;
const FRESH_FOR = 60_000; // ms; after that the server is asked again, and usually says that nothing has changed
const ANY_SHOP = ["1", "2", "4"]; // needs for which a shop is a likely answer

let address = "";
let entries = null;
let whenHere = () => {};
let asked = -Infinity;

/** `tell` is called once they are here: what is being looked for then may have an answer now. */
export function loadAnswers(from, tell) {
  address = from;
  whenHere = tell;
  refresh();
}

/** Until they are here, “nothing found” would not be true. */
export function areHere() {
  return entries !== null;
}

export function refresh() {
  if (!address || performance.now() - asked < FRESH_FOR) return;
  asked = performance.now();
  fetch(address, { headers: { Accept: "application/json" }, cache: "no-cache" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((sheet) => {
      const isFirst = !entries;
      entries = unpack(sheet);
      if (isFirst) tellAll();
    })
    .catch(() => (asked = -Infinity));
}

/** The best answers to what was typed. With nothing typed: what this need is mostly about. */
export function find(words, need) {
  if (!entries) return [];
  if (!words.trim()) return commonest(need).slice(0, MOST);
  const found = rank(words, entries);
  // equally good ones: first what fits the need; the sort is stable
  return found
    .sort(([one, first], [other, second]) => other - one || fits(second, need) - fits(first, need))
    .slice(0, MOST)
    .map(([, entry]) => entry);
}

/** The shops that answer to what was typed, the best first. */
export function findShops(words) {
  if (!entries || !words.trim()) return [];
  const found = rank(words, entries).map(([, entry]) => entry);
  return found.filter(({ ref }) => ref.startsWith("shop:")).slice(0, MOST);
}

function tellAll() {
  whenHere();
  document.dispatchEvent(new Event("answers"));
}

/** What people mean when they say nothing more: the facts of that need, then its places. */
function commonest(need) {
  const theirs = entries.filter((entry) => entry.need === need);
  return [...theirs.filter(isFact), ...theirs.filter((entry) => !isFact(entry))];
}

function isFact({ ref }) {
  return ref.startsWith("fact:");
}

function fits(entry, need) {
  return Number(entry.need ? entry.need === need : ANY_SHOP.includes(need));
}
