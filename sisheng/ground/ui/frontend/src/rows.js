// Lists that keep still. A list is any element with data-rows; its rows have ids and lie directly in it.
//
// When others change something the list is fetched anew: rows that changed are marked for 2 s, and as long as the pointer
// or the focus is in the list they stay in their places. J and K (and the arrows, on a row) move from row to row.

import { fieldInUse } from "./typing.js";

const MARKED_FOR = 2000; // ms
let seen = new Map(); // row id → its words before the swap
const unsorted = new WeakSet(); // lists whose rows wait for the pointer to leave

export function mindRows() {
  document.addEventListener("htmx:before:swap", ({ detail }) => isUnasked(detail.ctx) && detail.tasks.forEach(keepStill));
  document.addEventListener("htmx:after:swap", ({ detail }) => isUnasked(detail.ctx) && mark());
  document.addEventListener("keydown", move);
  document.addEventListener("pointerout", sortLate);
}

function isUnasked(ctx) {
  return ["poke", "every"].includes(ctx?.sourceEvent?.type);
}

function keepStill({ target, fragment }) {
  if (!(target instanceof Element)) return;
  for (const list of listsIn(target)) {
    for (const row of list.children) if (row.id) seen.set(row.id, wordsOf(row));
    const comes = list.id && fragment.querySelector(`#${CSS.escape(list.id)}`);
    if (comes && (list.matches(":hover") || list.contains(document.activeElement))) inOldOrder(list, comes);
  }
}

function inOldOrder(list, comes) {
  const places = new Map([...list.children].map((row, at) => [row.id, at]));
  const placeOf = (row) => places.get(row.id) ?? Infinity;
  const sorted = [...comes.children].sort((one, other) => placeOf(one) - placeOf(other) || 0);
  comes.replaceChildren(...sorted);
  unsorted.add(list);
}

/** The pointer has left: now the rows may take their places. */
function sortLate({ target, relatedTarget }) {
  const list = target.closest?.("[data-rows]");
  if (!unsorted.has(list) || list.contains(relatedTarget)) return;
  unsorted.delete(list);
  list.closest("[hx-get][data-topic]")?.dispatchEvent(new CustomEvent("poke"));
}

function mark() {
  for (const list of listsIn(document)) {
    for (const row of list.children) {
      if (row.id && seen.size && seen.get(row.id) !== wordsOf(row)) {
        row.classList.add("is-changed");
        setTimeout(() => row.classList.remove("is-changed"), MARKED_FOR);
      }
    }
  }
  seen = new Map();
}

/** The words of a row without its clocks: they change by themselves. */
function wordsOf(row) {
  const words = row.cloneNode(true);
  words.querySelectorAll(".deadline").forEach((chip) => chip.remove());
  return words.textContent.replace(/\s+/g, " ");
}

function listsIn(root) {
  return [...(root.matches?.("[data-rows]") ? [root] : []), ...root.querySelectorAll("[data-rows]")];
}

function move(event) {
  const step = { j: 1, J: 1, k: -1, K: -1 }[event.key];
  const row = document.activeElement?.closest("[data-rows] > *");
  const list = row?.parentElement ?? document.querySelector("main [data-rows]");
  if (!step || !list || fieldInUse() || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.body.dataset.keys === "off" || document.querySelector("dialog:modal")) return;
  const rows = [...list.children].filter((other) => other.checkVisibility());
  const next = rows[row ? rows.indexOf(row) + step : step > 0 ? 0 : rows.length - 1];
  const stop = next?.querySelector("a[href], button") ?? next;
  if (stop === next) next?.setAttribute("tabindex", "-1");
  stop?.focus();
  event.preventDefault();
}
