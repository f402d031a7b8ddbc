// Space on a row shows its record beside the list, to be read only; J and K take the preview along. Space or Esc again
// puts it away. A row says where its record is: data-url.

import { fieldInUse } from "./typing.js";

let pane = null;
let shown = ""; // the address in the pane
let asking = null;

export function mindPreview() {
  pane = document.getElementById("preview");
  if (!pane) return;
  document.addEventListener("keydown", hear);
  document.addEventListener("focusin", ({ target }) => !pane.hidden && show(rowOf(target)));
  pane.querySelector("[data-preview-close]").addEventListener("click", close);
}

function hear(event) {
  if (event.key === "Escape" && !pane.hidden && !document.querySelector("dialog:modal")) return close();
  if (event.key !== " " || fieldInUse() || event.target.matches?.("input, button, summary")) return;
  if (document.body.dataset.keys === "off" || document.querySelector("dialog:modal")) return;
  const row = rowOf(document.activeElement);
  if (!row) return;
  event.preventDefault();
  if (!pane.hidden && shown === row.dataset.url) close();
  else show(row);
}

function rowOf(element) {
  return element?.closest?.("[data-rows] > [data-url]");
}

async function show(row) {
  if (!row || row.dataset.url === shown) return;
  shown = row.dataset.url;
  asking?.abort();
  asking = new AbortController();
  const answer = await fetch(shown, { headers: { "HX-Request": "true" }, signal: asking.signal })
    .then((response) => response.text())
    .catch(() => null);
  if (answer === null || shown !== row.dataset.url) return;
  pane.hidden = false;
  pane.querySelector("[data-preview-open]").href = shown;
  pane.querySelector(".preview-body").replaceChildren(...readOnly(answer));
}

/** The record without anything that could be pressed: what can be done is done on its own page. */
function readOnly(html) {
  const found = new DOMParser().parseFromString(html, "text/html").body;
  found.querySelectorAll("form, button, .actions, [data-not-in-preview], script").forEach((part) => part.remove());
  for (const element of found.querySelectorAll("*")) {
    for (const { name } of [...element.attributes]) {
      if (name === "id" || name.startsWith("hx-") || name === "data-topic" || name === "aria-labelledby") element.removeAttribute(name);
    }
  }
  for (const title of found.querySelectorAll("h1")) {
    const lower = document.createElement("h2");
    lower.append(...title.childNodes);
    title.replaceWith(lower);
  }
  return document.adoptNode(found).childNodes;
}

function close() {
  asking?.abort();
  shown = "";
  pane.hidden = true;
}
