// What a phone does by itself on the pages for customers. All of them work without it.

import { mindCounter } from "./counter.js";

/** Solve what a form asks for while the person types; the form waits for the rest when it is sent. */
function work(field) {
  const form = field.form;
  let worker;
  try {
    worker = new Worker(field.dataset.worker);
  } catch {
    return; // an old or a very careful browser: the form goes the slow way
  }
  let isDone = false;
  let waiting = null;
  const done = (solution) => {
    isDone = true;
    field.value = solution;
    worker.terminate();
    if (waiting) waiting();
  };
  worker.onmessage = (said) => done(said.data);
  worker.onerror = () => done("");
  worker.postMessage(JSON.parse(field.dataset.work));
  form.addEventListener("submit", (event) => {
    if (isDone) return;
    event.preventDefault();
    waiting = () => (form.requestSubmit ? form.requestSubmit(event.submitter) : form.submit());
    setTimeout(() => isDone || done(""), 5000);
  });
}

document.querySelectorAll("[data-work]").forEach(work);
mindCounter();
