// A group of boxes with numbers printed on them: <fieldset data-numbered data-own-keys>. Its digits choose, the arrows walk,
// Enter steps on, and Tab leaves it in one step.

import { moveOn } from "./moveon.js";
import { digitOf } from "./typing.js";

const STEP = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

export function mindNumbered() {
  document.addEventListener("focusin", ({ target }) => target.matches?.("[data-numbered] [type=checkbox]") && oneStop(target));
  document.addEventListener("keydown", hear);
}

function hear(event) {
  const group = event.target.closest?.("[data-numbered]");
  if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
  const boxes = boxesOf(group);
  const digit = digitOf(event);
  const step = event.target.type === "checkbox" ? STEP[event.key] : 0; // radios walk by themselves
  if (digit && boxes[digit - 1]) press(boxes[digit - 1]);
  else if (step) boxes[(boxes.indexOf(event.target) + step + boxes.length) % boxes.length].focus();
  else if (event.key === "Enter") moveOn(boxes.at(-1), group);
  else return;
  event.preventDefault();
}

function press(box) {
  box.focus();
  box.click();
}

function oneStop(box) {
  for (const other of boxesOf(box.closest("[data-numbered]"))) other.tabIndex = other === box ? 0 : -1;
}

function boxesOf(group) {
  return [...group.querySelectorAll("input")];
}
