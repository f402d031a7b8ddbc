// Keys (ux.md §6). A key belongs to the element that wears it; what is not on the page has no key:
//
//   data-key="t"          a single key; acts only while no field is being typed in
//   data-go="d"           the letter after `g` (800 ms); only in the power profile
//   data-chord="Control+k"  with Ctrl or ⌘; acts everywhere
//   data-hold="800"       beside data-key: must be held that long (ms)
//   data-key-label        what the sheet of keys calls it; otherwise its own words
//
// Inside a form Ctrl+Enter saves, Ctrl+Shift+Enter presses [data-and-new]; outside of all forms Ctrl+Enter presses the one
// button that wears it. Single keys can be switched off (WCAG 2.1.4).

import { digitOf, fieldInUse, isInputMethods, keyOf, typeInto } from "./typing.js";

const GO_FOR = 800; // ms after `g`
const AGAIN_AFTER = 1000; // ms: one press of Ctrl+Enter too many does not also do what comes next
const DIGIT_WAITS = 60; // ms: the first digit of a scan must not open the quick log
const OF_THE_FIELD = ["Control+z", "Control+y", "Control+a", "Control+c", "Control+v", "Control+x"];

let goUntil = 0;
let savedAt = -AGAIN_AFTER;
let waiting = null; // a digit that may be the beginning of a scan: {element, timer}
let overtaken = null; // what that digit would have opened, once a burst has begun
let holding = null;

export function mindKeys() {
  document.addEventListener("keydown", shield, true);
  document.addEventListener("keydown", hear);
  document.addEventListener("keyup", () => clearTimeout(holding));
  document.addEventListener("burst", holdBack);
  document.addEventListener("burst-over", typeLate);
  document.addEventListener("click", switchProfile);
  document.getElementById("keys")?.addEventListener("opening", listKeys);
  showProfile();
}

/** No handler of ours ever hears a key that belongs to the input method; Enter only chooses the candidate. */
function shield(event) {
  if (event.isComposing || (isInputMethods(event) && fieldInUse())) event.stopImmediatePropagation();
}

function hear(event) {
  act();
  if (event.defaultPrevented || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return chord(event);
  if (fieldInUse() || profile() === "off" || event.target.closest?.("[data-own-keys]")) return;
  single(event);
}

function chord(event) {
  const letter = event.code?.match(/^Key([A-Z])$/)?.[1].toLowerCase() ?? event.key;
  const ctrl = event.ctrlKey || event.metaKey;
  const name = [ctrl && "Control", event.altKey && "Alt", event.shiftKey && "Shift", letter].filter(Boolean).join("+");
  if (fieldInUse() && OF_THE_FIELD.includes(name)) return;
  const ofForm = buttonOfForm(name);
  const element = ofForm ?? find(`[data-chord="${CSS.escape(name)}"]`);
  if (!element) return;
  event.preventDefault();
  if (name === "Control+Enter" && !isMeant(ofForm)) return;
  press(element);
}

function isMeant(inForm) {
  const since = performance.now() - savedAt;
  savedAt = performance.now();
  return inForm || since > AGAIN_AFTER;
}

function buttonOfForm(name) {
  const form = document.activeElement?.closest("form");
  if (name === "Control+Enter") return form?.querySelector("[type=submit]:not([data-and-new])");
  if (name === "Control+Shift+Enter") return form?.querySelector("[data-and-new]");
  return null;
}

function single(event) {
  const digit = digitOf(event);
  const key = digit || keyOf(event);
  const goes = performance.now() < goUntil;
  goUntil = 0;
  if (key === "g" && profile() === "power" && !goes) return void (goUntil = performance.now() + GO_FOR);
  const element = goes ? find(`[data-go="${CSS.escape(key)}"]`) : find(`[data-key~="${CSS.escape(key)}"]`);
  if (!element) return;
  event.preventDefault();
  if (digit) waiting = { element, timer: setTimeout(act, DIGIT_WAITS) };
  else if (element.dataset.hold) holding = setTimeout(() => press(element), Number(element.dataset.hold));
  else press(element);
}

/** The digit was a person's: do what it says, before the next key arrives. */
function act() {
  const { element, timer } = waiting ?? {};
  waiting = null;
  clearTimeout(timer);
  if (element) press(element);
}

function holdBack() {
  clearTimeout(waiting?.timer);
  overtaken = waiting?.element;
  waiting = null;
}

/** A quick hand, not a scanner: the first digit opens, the others are written into what it opened. */
function typeLate({ detail }) {
  if (overtaken) press(overtaken);
  const field = fieldInUse();
  if (field) typeInto(field, detail.digits.slice(1));
}

/** What the key of an element does: a field is stepped into, everything else is clicked. */
export function press(element) {
  if (element.matches("input:not([type=checkbox], [type=radio]), textarea, select")) element.focus();
  else element.click();
}

/** The first visible element of the open dialog, else of the page. */
function find(selector) {
  const near = document.activeElement?.closest("[data-keys-first]"); // what one works in comes before the page around it
  const root = document.querySelector("dialog:modal") ?? document;
  const all = [...(near?.querySelectorAll(selector) ?? []), ...root.querySelectorAll(selector)];
  return all.find((element) => !element.disabled && element.checkVisibility());
}

// The profile: "on" (as shipped), "power" (also g + letter), "off". Kept per person in this browser.

function profile() {
  return document.body.dataset.keys;
}

function showProfile() {
  document.body.dataset.keys = localStorage.getItem(slot()) ?? "on";
  for (const element of document.querySelectorAll("[data-keys-switch]")) {
    const isOn = element.dataset.keysSwitch === "power" ? profile() === "power" : profile() !== "off";
    element.setAttribute("aria-pressed", String(isOn));
  }
}

/** <button data-keys-switch> turns single keys on or off, data-keys-switch="power" the letters after g. */
function switchProfile(event) {
  const element = event.target.closest("[data-keys-switch]");
  if (!element) return;
  const isPower = element.dataset.keysSwitch === "power";
  const next = isPower ? (profile() === "power" ? "on" : "power") : profile() === "off" ? "on" : "off";
  localStorage.setItem(slot(), next);
  showProfile();
}

function slot() {
  return `keys:${document.body.dataset.person ?? ""}`;
}

// The sheet: exactly the keys that are on this page

function listKeys() {
  const list = document.querySelector("[data-keys-here]");
  list.replaceChildren();
  const listed = new Set();
  for (const { label, keys } of commands()) {
    if (!keys.length || keys.every((key) => listed.has(key))) continue;
    keys.forEach((key) => listed.add(key));
    list.append(line(label, keys));
  }
}

/** Everything on this page that wears a key, as {element, label, keys}; the palette offers the same. */
export function commands() {
  return [...document.querySelectorAll("[data-key], [data-chord], [data-go]")]
    .filter((element) => !element.disabled && element.checkVisibility())
    .map((element) => ({ element, label: labelOf(element), keys: keysOf(element) }));
}

function keysOf({ dataset }) {
  const chords = dataset.chord ? [dataset.chord.replace("Control", "Ctrl").replace(/\+.$/, (end) => end.toUpperCase())] : [];
  if (profile() === "off") return chords;
  const go = dataset.go && profile() === "power" ? [`g ${dataset.go}`] : [];
  return [...(dataset.key?.split(" ") ?? []), ...go, ...chords];
}

function labelOf(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const words = element.cloneNode(true);
  words.querySelectorAll("kbd, .visually-hidden, .rail-count").forEach((part) => part.remove());
  return words.textContent.trim() || element.getAttribute("aria-label") || "";
}

function line(label, keys) {
  const item = document.createElement("li");
  const marks = document.createElement("span");
  marks.className = "nowrap";
  for (const key of keys) {
    marks.append(Object.assign(document.createElement("kbd"), { textContent: key.length === 1 ? key.toUpperCase() : key }), " ");
  }
  item.append(Object.assign(document.createElement("span"), { textContent: label }), marks);
  return item;
}
