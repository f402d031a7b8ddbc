// A list with headings, chosen with two keys: <select data-two-keys>. The first key is a heading, the second a line below
// it; both stand printed under the field while it has the focus. The list itself stays: for fingers, for screen readers,
// and without this script.

import { moveOn } from "./moveon.js";
import { digitOf, keyOf } from "./typing.js";

const KEYS = "1234567890abcdefghijklmnopqrstuvwxyz";

let select = null;
let panel = null;
let group = null; // the heading that was chosen

export function mindTwoKeys() {
  document.addEventListener("focusin", ({ target }) => target.matches?.("select[data-two-keys]") && open(target));
  document.addEventListener("focusout", ({ target }) => target === select && close());
  document.addEventListener("pointerdown", ({ target }) => target === select && close(), true); // the browser's own list opens
  document.addEventListener("keydown", hear);
}

function open(target) {
  if (matchMedia("(hover: none) and (pointer: coarse)").matches) return;
  select = target;
  group = null;
  panel = select.parentElement.querySelector(".two-keys") ?? attach();
  draw();
}

function attach() {
  const made = Object.assign(document.createElement("div"), { className: "two-keys" });
  made.setAttribute("aria-hidden", "true"); // the list says the same
  made.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // the focus stays in the list
    const at = event.target.closest("[data-at]")?.dataset.at;
    if (at) pick(Number(at));
  });
  select.insertAdjacentElement("afterend", made);
  return made;
}

function draw() {
  panel.replaceChildren(...choices().map(tile));
  panel.hidden = false;
}

function choices() {
  return group ? [...group.querySelectorAll("option")] : [...select.querySelectorAll("optgroup")];
}

function tile(choice, at) {
  const made = Object.assign(document.createElement("span"), { className: "two-keys-tile" });
  made.dataset.at = at;
  made.append(
    Object.assign(document.createElement("kbd"), { textContent: KEYS[at].toUpperCase() }),
    Object.assign(document.createElement("span"), { textContent: choice.label }),
  );
  return made;
}

function hear(event) {
  if (event.target !== select || !panel || panel.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Backspace" && group) (group = null), draw();
  else if (event.key === "Escape") close();
  else if (!pick(KEYS.indexOf(digitOf(event) || keyOf(event) || "\0"))) return;
  event.preventDefault();
}

/** The heading, then its line; a heading with one line needs one key. Says whether there was such a choice. */
function pick(at) {
  const choice = choices()[at];
  if (!choice) return false;
  if (!group) {
    group = choice;
    if (choices().length > 1) draw();
    else take(choices()[0]);
  } else take(choice);
  return true;
}

function take(option) {
  select.value = option.value;
  select.dispatchEvent(new Event("change", { bubbles: true }));
  close();
  moveOn(select);
}

function close() {
  group = null;
  if (panel) panel.hidden = true;
}
