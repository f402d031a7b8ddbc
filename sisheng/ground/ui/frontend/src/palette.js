// The palette (ux.md S3): one field that finds cases, people, places and commands from anywhere.
//
//   #0007 a number   @0001 a person   >log a command of this page   ? what one may type
//
// The server finds (finder.py); what is typed here is only tidied. Keys of an input method never arrive (keys.js).

import { commands, press } from "./keys.js";

const ASK_AFTER = 50; // ms without a key
const MOST_COMMANDS = 6;

let dialog = null;
let input = null;
let list = null;
let shown = null; // the words whose answers stand in the list
let asking = null; // the question under way: {words, stop}
let timer = null;
let awaited = null; // Enter came before the answer did: {inNewTab}
let chosen = 0;

export function mindPalette() {
  dialog = document.getElementById("palette");
  if (!dialog) return;
  input = dialog.querySelector("[role=combobox]");
  list = dialog.querySelector("[role=listbox]");
  dialog.addEventListener("opening", () => begin(""));
  dialog.addEventListener("close", leave);
  input.addEventListener("input", later);
  input.addEventListener("keydown", steer);
  list.addEventListener("click", follow);
  list.addEventListener("pointermove", ({ target }) => choose(options().indexOf(target.closest("[role=option]"))));
  document.addEventListener("scan", open);
}

/** A code was scanned and nobody else knew what to do with it. */
function open(event) {
  if (event.defaultPrevented || (document.querySelector("dialog:modal") && !dialog.open)) return;
  if (!dialog.open) dialog.showModal();
  begin(event.detail.code);
}

function begin(words) {
  shown = awaited = null;
  input.value = words;
  ask();
}

function leave() {
  clearTimeout(timer);
  asking?.stop.abort();
  asking = awaited = null;
}

// Asking

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, ASK_AFTER);
}

/** Half and full width are the same; while pinyin is being spelled its apostrophes mean nothing. */
function words() {
  return input.value.normalize("NFKC").replaceAll("'", "").trim();
}

async function ask() {
  clearTimeout(timer);
  const asked = words();
  if (asked === shown || asked === asking?.words) return;
  asking?.stop.abort();
  dialog.querySelector("[data-help]").hidden = !asked.startsWith("?");
  if (asked.startsWith(">") || asked.startsWith("?")) return show(asked, "");
  const question = { words: asked, stop: new AbortController() };
  asking = question;
  const answer = await fetch(dialog.dataset.found, { method: "POST", body: sent(asked), signal: question.stop.signal })
    .then((response) => (response.ok ? response.text() : null))
    .catch(() => null);
  if (asking === question) show(asked, answer); // whatever comes for older words is dropped
}

/** What is looked for are people's names and numbers: they go in the body, never into an address. */
function sent(asked) {
  const body = new FormData(input.form);
  body.set("q", asked);
  return body;
}

/** Without an answer the commands are still there, and the sentence that says so. */
function show(asked, html) {
  asking = null;
  shown = asked;
  const found = document.createElement("template");
  found.innerHTML = html ?? "";
  list.replaceChildren(...found.content.children);
  showCommands(asked);
  options().forEach((option, at) => (option.id = `found-${at}`));
  dialog.querySelector("[data-nothing]").hidden = options().length > 0 || html === null;
  dialog.querySelector("[data-failed]").hidden = html !== null;
  choose(0);
  if (awaited) go(options()[0], awaited.inNewTab);
}

function showCommands(asked) {
  const group = dialog.querySelector("template[data-commands]").content.firstElementChild.cloneNode(true);
  const only = /^[>?]/.test(asked);
  const wanted = asked.replace(/^[>?]/, "").trim().toLowerCase();
  const fitting = asked.startsWith("?") ? commands().filter(({ keys }) => keys.includes("?")) : fits(wanted);
  group.append(...fitting.slice(0, only ? undefined : MOST_COMMANDS).map(line));
  if (fitting.length && !/^[#@]/.test(asked)) list.append(group);
}

function fits(wanted) {
  const seen = new Set();
  return commands().filter(({ element, label, keys }) => {
    if (element.matches("[data-opens=palette]") || seen.has(label)) return false;
    seen.add(label);
    return label.toLowerCase().includes(wanted) || (wanted && keys.some((key) => key.toLowerCase() === wanted));
  });
}

function line({ element, label, keys }) {
  const option = dialog.querySelector("template[data-command]").content.firstElementChild.cloneNode(true);
  option.querySelector(".found-title").textContent = label;
  const marks = keys.map((key) => Object.assign(document.createElement("kbd"), { textContent: key.length === 1 ? key.toUpperCase() : key }));
  option.querySelector(".found-keys").append(...marks);
  option.command = element;
  return option;
}

// Choosing

function options() {
  return [...list.querySelectorAll("[role=option]")];
}

function choose(at) {
  const all = options();
  if (at < 0 && all.length) return;
  chosen = at;
  all.forEach((option, place) => option.setAttribute("aria-selected", String(place === at)));
  input.setAttribute("aria-expanded", String(all.length > 0));
  if (all.length) input.setAttribute("aria-activedescendant", `found-${at}`);
  else input.removeAttribute("aria-activedescendant");
}

function steer(event) {
  const { length } = options();
  if (event.key === "Enter") enter(event.ctrlKey || event.metaKey);
  else if (event.key === "ArrowDown" && length) move((chosen + 1) % length);
  else if (event.key === "ArrowUp" && length) move((chosen - 1 + length) % length);
  else return;
  event.preventDefault();
}

function move(at) {
  choose(at);
  options()[at].scrollIntoView({ block: "nearest" });
}

function enter(inNewTab) {
  if (words() === shown) return go(options()[chosen], inNewTab);
  awaited = { inNewTab };
  ask();
}

function follow(event) {
  const option = event.target.closest("[role=option]");
  if (!option) return;
  event.preventDefault();
  go(option, event.ctrlKey || event.metaKey);
}

function go(option, inNewTab) {
  awaited = null;
  if (!option) return;
  if (inNewTab && option.href) return void window.open(option.href, "_blank", "noopener");
  dialog.close();
  if (option.command) press(option.command);
  else location.assign(option.href);
}
