// A wedge scanner types like nobody can: digits at most 35 ms apart, eight or more, then Enter. Such a burst is a “scan”
// event on the document and no text: not in a field, not as a shortcut, whether or not an input method is on.
//
//   document.addEventListener("scan", (event) => find(event.detail.code));
//
// A field that wants the digits as text says data-scan="text".

import { digitOf, fieldInUse, isEnter, isInputMethods, typeInto } from "./typing.js";

const GAP = 35; // ms between two keys of one burst
const LENGTH = 8;
const REST = 100; // ms after which a burst without Enter is over
const SAME = 2000; // ms in which the same code again is the same scan

let burst = null; // {digits, swallowed, field, before, at, timer}
let last = { code: "", at: -Infinity };

export function mindScanner() {
  document.addEventListener("keydown", hear, true);
}

function hear(event) {
  const digit = event.repeat ? "" : digitOf(event);
  if (digit && burst && event.timeStamp - burst.at <= GAP) grow(event, digit);
  else if (digit) begin(event, digit);
  else if (burst && burst.digits.length >= LENGTH && isEnter(event)) finish(event);
  else if (burst && !isBare(event)) giveUp();
}

/** The first digit goes on its way: most first digits are people's. */
function begin(event, digit) {
  giveUp();
  const field = fieldInUse();
  if (field?.dataset.scan === "text" || field?.type === "password") return;
  const before = field && { value: field.value, start: field.selectionStart, end: field.selectionEnd };
  burst = { digits: digit, swallowed: "", field, before, at: event.timeStamp };
}

function grow(event, digit) {
  if (burst.digits.length === 1) tell("burst");
  burst.digits += digit;
  burst.at = event.timeStamp;
  swallow(event);
  // what an input method has taken it types anyway; only what we withheld must be given back
  if (!isInputMethods(event)) burst.swallowed += digit;
  clearTimeout(burst.timer);
  burst.timer = setTimeout(giveUp, REST);
}

function finish(event) {
  swallow(event);
  const { digits: code, field, before, timer } = burst;
  clearTimeout(timer);
  burst = null;
  if (field && field.value !== before.value) putBack(field, before);
  const isSame = code === last.code && event.timeStamp - last.at < SAME;
  last = { code, at: event.timeStamp };
  if (!isSame) tell("scan", { code });
}

/** It was a person after all, or a damaged label: what was withheld is typed late. */
function giveUp() {
  if (!burst) return;
  const { digits, swallowed, field, timer } = burst;
  clearTimeout(timer);
  burst = null;
  if (!swallowed) return;
  if (field?.isConnected) typeInto(field, swallowed);
  else tell("burst-over", { digits });
}

function putBack(field, { value, start, end }) {
  field.value = value;
  if (start != null) field.setSelectionRange(start, end);
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function isBare(event) {
  return ["Shift", "Control", "Alt", "Meta", "CapsLock"].includes(event.key);
}

function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
}
