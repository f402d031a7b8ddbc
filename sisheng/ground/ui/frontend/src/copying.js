// A button with `data-copies="id"` copies what stands in that field. It is shown where there is a script to do it.

import { say } from "./words.js";

export function mindCopying() {
  for (const button of document.querySelectorAll("[data-copies]")) {
    button.hidden = false;
    button.addEventListener("click", () => copyTo(button, document.getElementById(button.dataset.copies)));
  }
}

async function copyTo(button, field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy"); // a mall's network without TLS has no clipboard of its own
  }
  button.lastChild.textContent = say("copied");
}
