// What an answer does to a panel (D27). The only place where htmx is configured.
//
// 2xx and 422 are put where they belong: 422 brings the form back with its faults. Every other “no” becomes a sentence
// beside the panel, never in its place, so that nothing typed and nothing shown is lost.

import htmx from "htmx.org";
import { justSaid } from "./justsaid.js";
import { newKey } from "./once.js";
import { say, sayStatus } from "./words.js";
import { holdWords } from "./yours.js";

const SHOW_AFTER = 300; // ms until it is shown that something is under way
const SLOW_AFTER = 5000; // ms until it is said that it takes long
const UNASKED = ["poke", "every"]; // nobody pressed anything: a failure is not worth a sentence

Object.assign(htmx.config, {
  defaultSwap: "outerMorph", // the focus and half-typed Chinese stay where they are
  noSwap: [204, 304, "40x", "41x", 429, "5xx"],
  defaultTimeout: 20000,
  history: "reload",
  // a key that may have been used stays until the server has answered: the retry must carry the same one (D21)
  morphSkip: '[hx-morph-skip], input[name="once"][data-sent]',
  morphIgnore: ["data-htmx-powered", "open"], // who has opened a fold closes it
});

const sentences = new WeakMap(); // element that asked → what was said beside it
const waits = new WeakMap(); // request → its timers and marks

export function mindAnswers() {
  on("htmx:config:request", refuseSecondClick);
  on("htmx:config:request", letThemRead);
  on("htmx:before:request", begin);
  on("htmx:after:request", answered);
  on("htmx:response:error", refused);
  on("htmx:error", failed);
  on("htmx:finally:request", end);
  on("htmx:before:swap", keepTyped);
  on("htmx:before:swap", asNew);
  on("htmx:before:swap", rememberFocus);
  on("htmx:after:swap", keepFocus);
}

function on(name, listener) {
  document.addEventListener(name, (event) => event.detail.ctx && listener(event.detail.ctx, event));
}

function refuseSecondClick(ctx, event) {
  if (ctx.request.form?.dataset.busy && ctx.request.method !== "GET") event.preventDefault();
}

/** A panel that was not asked for waits as long as a sentence in it says why something was not done. */
function letThemRead(ctx, event) {
  if (UNASKED.includes(ctx.sourceEvent?.type) && ctx.target?.querySelector(".refusal[data-said]")) event.preventDefault();
}

/** Nor does anything nobody asked for take away a form in which somebody types: the panel stays as it is, form and all. */
function keepTyped(ctx, event) {
  if (!UNASKED.includes(ctx.sourceEvent?.type)) return;
  const typed = [...(ctx.target?.querySelectorAll("form") ?? [])].filter(isTypedIn).map((form) => form.getAttribute("action"));
  const stays = (action) => event.detail.tasks.some(({ fragment }) => fragment.querySelector(`form[action="${CSS.escape(action)}"]`));
  if (!typed.every(stays)) event.preventDefault();
}

function isTypedIn(form) {
  return [...form.querySelectorAll("input, textarea, select")].some((field) => {
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    return field.selectedIndex !== Math.max(0, [...field.options].findIndex((option) => option.defaultSelected));
  });
}

// Before: mark what is under way

function begin(ctx) {
  const { form, method } = ctx.request;
  const once = method !== "GET" && form?.elements.namedItem("once");
  const place = form ?? ctx.target;
  const wait = { once, key: once?.value, timers: [], place };
  waits.set(ctx, wait);
  if (method !== "GET" && form) form.dataset.busy = "yes";
  once?.setAttribute?.("data-sent", "");
  if (UNASKED.includes(ctx.sourceEvent?.type)) return;
  wait.timers.push(setTimeout(() => place?.classList.add("is-waiting"), SHOW_AFTER));
  wait.timers.push(setTimeout(() => (wait.note = tell(ctx, box(say("slow"), "status"))), SLOW_AFTER));
}

function answered(ctx) {
  const wait = waits.get(ctx);
  if (ctx.response.status < 500) wait?.once?.removeAttribute?.("data-sent");
  if (ctx.response.status < 400) unsay(ctx.sourceElement);
  if (ctx.response.headers.has("X-Said")) justSaid(decodeURIComponent(ctx.response.headers.get("X-Said")));
}

function end(ctx) {
  const { once, key, timers, note, place } = waits.get(ctx) ?? { timers: [] };
  timers.forEach(clearTimeout);
  place?.classList.remove("is-waiting");
  if (ctx.request.form) delete ctx.request.form.dataset.busy;
  if (note && sentences.get(ctx.sourceElement) === note) unsay(ctx.sourceElement);
  // a form that stays on the screen after it was accepted asks for something new the next time
  if (once?.isConnected && ctx.response?.status < 400 && once.value === key) once.value = newKey();
}

/** What was accepted is not offered again: a morph alone would leave the typed words in the fields. */
function asNew({ request, response }) {
  if (request.method !== "GET" && response?.status < 400) request.form?.reset();
}

// After: say no beside the panel

function refused(ctx) {
  const { status, headers } = ctx.response;
  const isSentence = headers.has("X-Refusal");
  if (status === 422 && !isSentence) return unsay(ctx.sourceElement); // the form itself says what is missing
  if (status === 422) ctx.swap = "none";
  if (UNASKED.includes(ctx.sourceEvent?.type) && status !== 401) return;
  const said = (isSentence && sentenceIn(ctx.text)) || box(sayStatus(status).join(" "));
  const link = said.querySelector("[data-login]");
  if (link) link.search = new URLSearchParams({ next: location.pathname + location.search });
  if (status === 409) said.append(button(say("reload"), () => showAsItIs(ctx)));
  if (status === 429 || status >= 500) said.append(button(say("retry"), () => again(ctx)));
  tell(ctx, said);
  pointAt(ctx.request.form, said.dataset.field);
}

function failed(ctx, { detail }) {
  if (ctx.response || UNASKED.includes(ctx.sourceEvent?.type)) return;
  const said = box(say(detail.error === "timeout" ? "timeout" : "offline"));
  said.append(button(say("retry"), () => again(ctx)));
  tell(ctx, said);
}

function sentenceIn(html) {
  return document.adoptNode(new DOMParser().parseFromString(html, "text/html").querySelector(".refusal"));
}

function box(sentence, role = "alert") {
  const element = document.createElement("div");
  element.className = role === "alert" ? "refusal" : "note";
  element.setAttribute("role", role);
  element.append(Object.assign(document.createElement("p"), { textContent: sentence }));
  return element;
}

function button(words, act) {
  const element = Object.assign(document.createElement("button"), { type: "button", className: "btn", textContent: words });
  element.addEventListener("click", act);
  return element;
}

function tell(ctx, element) {
  unsay(ctx.sourceElement);
  const [place, where] = besideOf(ctx);
  element.dataset.said = "";
  element.append(closer(ctx.sourceElement));
  place.insertAdjacentElement(where, element);
  sentences.set(ctx.sourceElement, element);
  return element;
}

function unsay(source) {
  sentences.get(source)?.remove();
  sentences.delete(source);
}

function closer(source) {
  return button(say("dismiss"), () => unsay(source));
}

/** At the top of the form that was sent; else before the panel; for the shell's own parts above the page. */
function besideOf({ request, target, sourceElement }) {
  if (request.form?.isConnected) return [request.form, "afterbegin"];
  let panel = target?.isConnected ? target : sourceElement;
  while (panel !== document.body && !panel.parentElement?.matches("main, section, article, aside, div, form, td, li, body")) {
    panel = panel.parentElement ?? document.body;
  }
  if (panel === document.body || panel.matches("main") || panel.closest(".topbar, .rail, .strip")) {
    return [document.getElementById("notices") ?? document.getElementById("main") ?? document.body, "afterbegin"];
  }
  return [panel, "beforebegin"];
}

function again(ctx) {
  unsay(ctx.sourceElement);
  const { method, action } = ctx.request;
  const { sourceElement: source, sourceEvent: event, target, select, push, replace } = ctx;
  htmx.ajax(method, action, { source, event, target, swap: swapOf(source), select, push, replace });
}

/** The swap that was asked for: a status may have turned it into “none” meanwhile. */
function swapOf(source) {
  return source.getAttribute("hx-swap") ?? source.closest("[hx-swap\\:inherited]")?.getAttribute("hx-swap:inherited") ?? htmx.config.defaultSwap;
}

function showAsItIs(ctx) {
  const panel = (ctx.target ?? ctx.sourceElement).closest("[hx-get][data-topic]");
  unsay(ctx.sourceElement);
  if (!panel) return location.reload();
  const giveBack = holdWords(ctx.request.form);
  const stands = htmx.ajax("GET", panel.dataset.stands ?? panel.getAttribute("hx-get"), { source: panel, target: panel });
  stands.then(() => giveBack(panel.isConnected ? panel : document.getElementById(panel.id)));
}

function pointAt(form, name) {
  const field = name && form?.elements.namedItem(name);
  if (!field?.focus) return;
  field.setAttribute("aria-invalid", "true");
  field.addEventListener("input", () => field.removeAttribute("aria-invalid"), { once: true });
  field.focus();
}

// The button that was pressed may be gone with the old panel: the focus then goes to where the panel goes on, and so does
// the eye. Left alone, the browser holds on to some line further down while the panels above it fill.

function rememberFocus(ctx) {
  ctx.hadFocus = ctx.target?.contains?.(document.activeElement) && !UNASKED.includes(ctx.sourceEvent?.type);
}

function keepFocus({ hadFocus, request, target, sourceElement }) {
  const panel = [target, document.getElementById(target?.id), sourceElement].find((one) => one?.isConnected);
  if (!hadFocus || document.activeElement !== document.body || !panel) return;
  const place = panel.querySelector("[data-goes-on]") ?? panel;
  place.setAttribute("tabindex", "-1");
  (firstFieldOf(place, request) ?? place).focus({ preventScroll: true });
  if (place !== panel) place.scrollIntoView({ block: "nearest" });
}

/** Who opened a form wants to write in it; after something was done one looks first at what comes next. */
function firstFieldOf(place, { method }) {
  if (method !== "GET" || !place.matches("[data-goes-on]")) return null;
  return [...place.querySelectorAll("input, select, textarea")].find((field) => field.type !== "hidden" && field.checkVisibility());
}
