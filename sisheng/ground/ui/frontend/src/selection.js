// Choosing several rows of a list and doing one thing with them: <form data-selection> around the rows, with a checkbox
// in each and a bar [data-batch] that is shown while something is chosen. X chooses the row one stands on.

import { fieldInUse } from "./typing.js";

export function mindSelection() {
  document.addEventListener("change", ({ target }) => {
    const form = target.closest("form[data-selection]");
    if (!form) return;
    if (target.matches("[data-select-all]")) for (const box of boxesOf(form)) box.checked = target.checked;
    show(form);
  });
  document.addEventListener("keydown", choose);
  document.addEventListener("htmx:after:swap", showAll);
  window.addEventListener("pageshow", showAll); // the browser remembers what was ticked
  showAll();
}

function showAll() {
  document.querySelectorAll("form[data-selection]").forEach(show);
}

function show(form) {
  const boxes = boxesOf(form);
  const chosen = boxes.filter((box) => box.checked);
  for (const box of boxes) box.closest("tr, li").classList.toggle("is-chosen", box.checked);
  const all = form.querySelector("[data-select-all]");
  if (all) [all.checked, all.indeterminate] = [chosen.length === boxes.length, chosen.length > 0 && chosen.length < boxes.length];
  const bar = form.querySelector("[data-batch]");
  if (!bar) return;
  bar.hidden = chosen.length === 0;
  bar.querySelector("[data-selected]").textContent = chosen.length;
}

function choose(event) {
  if (event.key.toLowerCase() !== "x" || event.ctrlKey || event.metaKey || event.altKey || fieldInUse()) return;
  if (document.body.dataset.keys === "off" || document.querySelector("dialog:modal")) return;
  const box = document.activeElement?.closest("[data-rows] > *")?.querySelector("input[type=checkbox]");
  if (!box) return;
  event.preventDefault();
  box.click();
}

function boxesOf(form) {
  return [...form.querySelectorAll("[data-rows] input[type=checkbox]")];
}
