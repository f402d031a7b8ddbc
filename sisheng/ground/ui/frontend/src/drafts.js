// What is being typed is kept: <form data-draft="complaint-new"> is saved at most 300 ms after a key, per person and form,
// comes back when the form does, and is gone when the server has accepted it. A draft lives a day.

import { say } from "./words.js";

const SAVE_AFTER = 300; // ms
const LIVES = 24 * 60 * 60 * 1000;
const NEVER = ["csrfmiddlewaretoken", "once", "next"];
const restored = new WeakSet();
const timers = new WeakMap();

export function mindDrafts() {
  document.addEventListener("input", ({ target }) => later(target.form));
  document.addEventListener("change", ({ target }) => later(target.form));
  document.addEventListener("submit", ({ target }) => target.dataset.draft && !target.hasAttribute("hx-post") && sent(target));
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.request.form?.dataset.draft && ctx.request.method !== "GET" && ctx.response.status < 400) forget(ctx.request.form);
  });
  document.addEventListener("htmx:after:process", ({ target }) => restoreIn(target));
  sweep();
  restoreIn(document);
}

function later(form) {
  if (!form?.dataset.draft) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), SAVE_AFTER));
}

function save(form) {
  write(form, { at: Date.now(), fields: kept(form) });
}

/** A form without htmx leaves the page: the page that follows says whether it was taken. */
function sent(form) {
  clearTimeout(timers.get(form)); // the last key, saved a moment later, would bring back what was sent
  save(form);
  write(form, { ...read(form), sent: true });
}

function restoreIn(root) {
  for (const form of root.querySelectorAll?.("form[data-draft]") ?? []) {
    const draft = read(form);
    if (!draft || restored.has(form)) continue;
    restored.add(form);
    // after a plain submit the server shows the form again, with faults, only if it did not take it
    if (draft.sent && !form.querySelector("[aria-invalid=true]")) forget(form);
    else if (draft.sent) write(form, { ...draft, sent: false }); // not taken: it is still being written
    else if (fill(form, draft.fields)) offer(form, draft.at);
  }
}

export function kept(form) {
  return fieldsOf(form).map((field) => [field.name, isBox(field) ? field.checked : field.value, field.value]);
}

export function fill(form, fields) {
  let changed = false;
  for (const [name, kept, value] of fields) {
    const field = fieldsOf(form).find((one) => one.name === name && (!isBox(one) || one.value === value));
    if (!field || (isBox(field) ? field.checked : field.value) === kept) continue;
    if (isBox(field)) field.checked = kept;
    else field.value = kept;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    changed = true;
  }
  return changed;
}

function offer(form, at) {
  const time = new Date(at).toTimeString().slice(0, 5);
  const note = Object.assign(document.createElement("div"), { className: "note is-info" });
  note.setAttribute("role", "status");
  note.append(Object.assign(document.createElement("p"), { textContent: say("restored", { when: time }) }));
  const discard = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: say("discard") });
  discard.addEventListener("click", () => {
    form.reset();
    forget(form);
    note.remove();
  });
  note.append(discard);
  form.prepend(note);
}

function forget(form) {
  clearTimeout(timers.get(form));
  localStorage.removeItem(slot(form));
}

export function fieldsOf(form) {
  return [...form.elements].filter(
    (field) => field.name && !NEVER.includes(field.name) && !field.closest("[data-no-draft]") && isTyped(field),
  );
}

/** data-draft-keep: what a hidden field says belongs to what was typed, such as how it stood before. */
function isTyped(field) {
  if (field.type === "hidden") return field.dataset.draftKeep !== undefined;
  return !["password", "file", "submit", "button"].includes(field.type);
}

function isBox(field) {
  return field.type === "checkbox" || field.type === "radio";
}

function slot(form) {
  return `draft:${document.body.dataset.person ?? ""}:${form.dataset.draft}`;
}

function read(form) {
  return JSON.parse(localStorage.getItem(slot(form)) ?? "null");
}

function write(form, draft) {
  try {
    localStorage.setItem(slot(form), JSON.stringify(draft));
  } catch {
    // the browser's store is full or forbidden: the form still works, only without a net
  }
}

function sweep() {
  for (const name of Object.keys(localStorage).filter((key) => key.startsWith("draft:"))) {
    if (JSON.parse(localStorage.getItem(name))?.at < Date.now() - LIVES) localStorage.removeItem(name);
  }
}
