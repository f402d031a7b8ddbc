// The quick log (ux.md S2): a digit opens it, letters find the answer, Enter records it and closes.
//
// It is a part of the page and no dialog: nothing has to be closed before one can go on. Its words come from the server.

import { areHere, find, loadAnswers, refresh } from "./answers.js";
import { showCard } from "./card.js";
import { newKey } from "./once.js";
import { poke } from "./stream.js";
import { say } from "./words.js";

const PASSED_ON = ["referred", "escalated"]; // to a department, or to a superior: two different keys (INQ-07)
const PATIENCE = 10_000; // ms
const AMBER_AFTER = 60; // s: a basic question is answered within a minute (INQ-01)

let panel = null;
let form = null;
let input = null;
let found = [];
let chosen = 0;
let openedAt = 0;
let lang = "zh";
let unsent = null; // what was sent last without an answer

export function mindQuickLog() {
  panel = document.getElementById("quicklog");
  if (!panel) return;
  form = panel.querySelector("form");
  input = form.elements.namedItem("words");
  loadAnswers(panel.dataset.cards, () => panel.hidden || show());
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-need]");
    if (!opener || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open(opener.dataset.need, opener.dataset.keyLabel);
  });
  input.addEventListener("input", show);
  input.addEventListener("keydown", steer);
  panel.addEventListener("keydown", leave);
  panel.addEventListener("click", press);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record({ goesOn: event.submitter?.hasAttribute("data-and-new") });
  });
  setInterval(tick, 1000);
}

function open(need, label) {
  // the one before is still on its way: it keeps its form until the server has answered, so that nothing typed is lost
  if (form.dataset.busy) return void (panel.hidden = false);
  unsent = null;
  refresh();
  form.reset();
  form.elements.namedItem("once").value = newKey();
  form.elements.namedItem("need").value = need;
  panel.querySelector("[data-need-name]").textContent = `${need} ${label}`;
  lang = panel.dataset.lang;
  actions(false);
  panel.hidden = false;
  openedAt = performance.now();
  tick();
  show();
  input.focus();
}

function close() {
  panel.hidden = true;
  found = [];
}

// Finding

function show() {
  found = find(input.value, need());
  chosen = 0;
  draw();
}

function draw() {
  const list = panel.querySelector("[role=listbox]");
  list.replaceChildren(...found.map(option));
  input.setAttribute("aria-expanded", String(found.length > 0));
  input.setAttribute("aria-activedescendant", found.length ? `answer-${chosen}` : "");
  showCard(panel.querySelector("[data-card]"), found[chosen], lang, areHere() && Boolean(input.value.trim()));
}

function option(entry, at) {
  const item = document.createElement("li");
  item.id = `answer-${at}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", String(at === chosen));
  item.dataset.at = at;
  const name = Object.assign(document.createElement("span"), { className: "answer-name" });
  name.textContent = lang === "en" && entry.title_en ? entry.title_en : entry.title;
  const code = Object.assign(document.createElement("span"), { className: "num meta", textContent: entry.code ?? "" });
  item.append(name, code);
  return item;
}

function choose(at) {
  if (!found.length) return;
  chosen = (at + found.length) % found.length;
  draw();
}

// Keys: while one types letters are text, so the actions lie behind →

function steer(event) {
  const atTheEnd = input.selectionStart === input.value.length;
  if (event.key === "ArrowDown") choose(chosen + 1);
  else if (event.key === "ArrowUp") choose(chosen - 1);
  else if (event.key === "Enter") record({ goesOn: event.shiftKey });
  else if (event.key === "ArrowRight" && atTheEnd) actions(true);
  else return;
  event.preventDefault();
}

function leave(event) {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  const bar = panel.querySelector("[data-actions]");
  if (!bar.hidden && bar.contains(document.activeElement)) input.focus();
  else close();
}

function actions(isShown) {
  const bar = panel.querySelector("[data-actions]");
  bar.hidden = !isShown;
  for (const field of panel.querySelectorAll("[data-extra]")) field.hidden = true;
  if (isShown) bar.querySelector("button").focus();
}

function press(event) {
  const item = event.target.closest("[role=option]");
  if (item) {
    choose(Number(item.dataset.at));
    input.focus();
  }
  const action = event.target.closest("[data-do]")?.dataset.do;
  if (action === "close") close();
  else if (action === "actions") actions(true);
  else if (action === "language") speak();
  else if (action === "promise") record({ next: action });
  else if (action === "complaint") complain();
  else if (PASSED_ON.includes(action)) record({ outcome: action });
  else if (action) extra(action);
}

function speak() {
  lang = lang === "en" ? "zh" : "en";
  draw();
}

function extra(name) {
  const field = panel.querySelector(`[data-extra="${name}"]`);
  field.hidden = false;
  field.querySelector("input").focus();
}

// Recording

function record({ goesOn = false, next = "", outcome = "" } = {}) {
  if (form.dataset.busy) return;
  const entry = found[chosen];
  form.elements.namedItem("answer").value = next || outcome ? "" : (entry?.ref ?? "");
  form.elements.namedItem("outcome").value = next ? "unanswered" : outcome; // promised, or complained, is only what the next form has taken
  form.elements.namedItem("seconds").value = Math.max(0, Math.round((performance.now() - openedAt) / 1000));
  const sent = sameAgain(new FormData(form));
  const label = panel.querySelector("[data-need-name]").textContent.slice(2);
  form.dataset.busy = "yes";
  send(sent)
    .then((said) => {
      announce(said.sentence);
      poke(["contact"]);
      if (next) return carry(next, said.number, sent.get("words"), entry);
      if (goesOn) open(sent.get("need"), label);
      else close();
    })
    .catch((error) => {
      unsent = sent;
      sayFault(error);
    })
    .finally(() => delete form.dataset.busy);
}

/** What is sent again under its key must be the same to the letter; only the seconds have gone on. */
function sameAgain(now) {
  const isSame = unsent && [...now].every(([name, value]) => name === "seconds" || unsent.get(name) === value);
  return isSame ? unsent : now;
}

async function send(body) {
  const how = { method: "POST", body, headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE) };
  const answer = await fetch(form.action, how).catch(
    () => Promise.reject(new Error(say("offline"))),
  );
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(said.sentence ?? say("timeout"));
  return said;
}

/** Whoever is angry need not have said anything yet; what found a shop was its name and not the matter. */
function complain() {
  if (input.value.trim()) record({ next: "complaint" });
  else carry("complaint", "", "");
}

/** On to the form of a promise or a complaint: the customer's words go in the body, never into an address. */
function carry(next, contact, words, entry) {
  const onward = panel.querySelector(`form[data-next="${next}"]`);
  const unit = entry?.ref.startsWith("shop:") ? entry.ref.slice(5) : "";
  onward.action += `?${new URLSearchParams({ contact, unit })}`;
  onward.elements.namedItem("words").value = next === "complaint" && unit ? "" : words;
  onward.submit();
}

/** Nothing is lost: the panel stays as it is, and Enter sends the same key again. */
function sayFault(error) {
  const note = panel.querySelector("[data-fault]");
  note.textContent = error.message;
  note.hidden = false;
  panel.hidden = false;
  input.focus();
}

function announce(sentence) {
  panel.querySelector("[data-fault]").hidden = true;
  document.getElementById("live").textContent = sentence;
  const last = document.querySelector("[data-last-said]");
  if (last) last.textContent = sentence;
}

function need() {
  return form.elements.namedItem("need").value;
}

function tick() {
  if (panel.hidden) return;
  const seconds = Math.round((performance.now() - openedAt) / 1000);
  const clock = panel.querySelector("[data-seconds]");
  clock.textContent = seconds;
  clock.parentElement.classList.toggle("is-slow", seconds >= AMBER_AFTER);
}
