// A field for a shop: <input data-shop>. Initials, pinyin, name, what people call it or the unit find it while one types;
// Enter takes the first and steps on. Without this script it is a plain field for the unit or the name.
// data-shop-if="about": only while that list of the form says “shop”; else the field takes any words.

import { findShops, refresh } from "./answers.js";
import { moveOn } from "./moveon.js";

let field = null; // that is being typed in
let list = null;
let found = [];
let chosen = 0;

export function mindShopFields() {
  document.addEventListener("focusin", ({ target }) => isForShop(target) && begin(target));
  document.addEventListener("focusout", ({ target }) => target === field && close());
  document.addEventListener("input", ({ target }) => isForShop(target) && show(target));
  document.addEventListener("answers", () => field && field.value && show(field));
  document.addEventListener("keydown", steer);
}

function isForShop(target) {
  if (!target.matches?.("[data-shop]")) return false;
  const list = target.dataset.shopIf && target.form.elements.namedItem(target.dataset.shopIf);
  return !list || list.value === "shop";
}

function begin(target) {
  refresh();
  field = target;
  list = document.getElementById(`${field.id}-shops`) ?? attach();
}

/** The list belongs to the field: read out with it, and gone with it. */
function attach() {
  const made = Object.assign(document.createElement("ul"), { id: `${field.id}-shops`, className: "answer-list shop-list", hidden: true });
  made.setAttribute("role", "listbox");
  made.setAttribute("aria-label", document.querySelector(`label[for="${field.id}"]`)?.textContent.trim() ?? "");
  made.addEventListener("pointerdown", pick);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", made.id]]) {
    field.setAttribute(name, value);
  }
  field.insertAdjacentElement("afterend", made);
  return made;
}

/** Runs while an input method composes, too: what it has of pinyin so far finds the shop already. */
function show(target) {
  if (target !== field) begin(target);
  found = findShops(field.value);
  chosen = 0;
  draw();
}

function draw() {
  list.replaceChildren(...found.map(option));
  list.hidden = !found.length;
  field.setAttribute("aria-expanded", String(found.length > 0));
  if (found.length) field.setAttribute("aria-activedescendant", `${list.id}-${chosen}`);
  else field.removeAttribute("aria-activedescendant");
}

function option(entry, at) {
  const item = Object.assign(document.createElement("li"), { id: `${list.id}-${at}` });
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", String(at === chosen));
  item.dataset.at = at;
  item.append(
    Object.assign(document.createElement("span"), { className: "answer-name", textContent: nameOf(entry) }),
    Object.assign(document.createElement("span"), { className: "num meta", textContent: entry.code ?? "" }),
  );
  return item;
}

function nameOf(entry) {
  return document.documentElement.lang.startsWith("en") && entry.title_en ? entry.title_en : entry.title;
}

function steer(event) {
  if (event.target !== field || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "ArrowDown" && found.length) choose(chosen + 1);
  else if (event.key === "ArrowUp" && found.length) choose(chosen - 1);
  else if (event.key === "Escape" && found.length) close();
  else if (event.key === "Tab" && found.length) return take(); // and the browser steps on
  else if (event.key === "Enter") take(), moveOn(field);
  else return;
  event.preventDefault();
}

function choose(at) {
  chosen = (at + found.length) % found.length;
  draw();
}

function take() {
  const entry = found[chosen];
  if (!entry) return;
  field.value = `${nameOf(entry)} ${entry.code}`;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  close();
}

function pick(event) {
  const item = event.target.closest("[role=option]");
  if (!item) return;
  event.preventDefault(); // the caret stays in the field
  chosen = Number(item.dataset.at);
  take();
  moveOn(field);
}

function close() {
  found = [];
  if (list?.isConnected) draw();
}
