// Who else has this record open (ux.md §7). While one looks at it, the page says every five seconds that one is there, and in
// which field one writes; the answer is who else is. At the field in which somebody else writes, it is said as well.

import { keyOf, whereIs } from "./fieldname.js";

const EVERY = 5000; // ms
const SETTLES = 300; // ms: whoever tabs through a form writes in none of its fields

let later = null;

export function mindPresence() {
  if (!panel()) return;
  setInterval(beat, EVERY);
  document.addEventListener("focusin", soon);
  document.addEventListener("focusout", soon);
  document.addEventListener("visibilitychange", beat);
  document.addEventListener("htmx:after:swap", mark);
  beat();
  mark();
}

function panel() {
  return document.querySelector("form[data-presence]");
}

function soon({ target }) {
  if (panel()?.contains(target)) return;
  clearTimeout(later);
  later = setTimeout(beat, SETTLES);
}

/** A page that nobody sees says nothing: whoever left it open is soon no longer there. */
function beat() {
  if (document.hidden || !panel()) return;
  panel().elements.namedItem("field").value = keyOf(document.activeElement);
  panel().dispatchEvent(new CustomEvent("poke"));
}

function mark() {
  const writing = [...document.querySelectorAll(".presence-one[data-field]")];
  const said = new Set(writing.map(({ dataset }) => dataset.says));
  for (const note of document.querySelectorAll(".field-presence")) if (!said.has(note.textContent)) note.remove();
  for (const one of writing) {
    const { field, words } = whereIs(one.dataset.field);
    put(one.querySelector("[data-where]"), words);
    if (field) sayAt(field, one.dataset.says);
  }
}

function put(place, words) {
  if (place.textContent !== words) place.textContent = words; // what has not changed is not read out again
}

function sayAt(field, words) {
  const place = field.closest(".field, fieldset, form");
  const before = [...place.querySelectorAll(".field-presence")];
  if (before.some(({ textContent }) => textContent === words)) return;
  const note = Object.assign(document.createElement("p"), { className: "field-presence", textContent: words });
  note.setAttribute("role", "status");
  place.append(note);
}
