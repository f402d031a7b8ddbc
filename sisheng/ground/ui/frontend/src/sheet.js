// A sheet of many lines, typed one after the other: in <form data-enter-moves-on> Enter goes on to the next field instead of
// sending half of it. And a page that is meant for paper has a button for it: <button data-print>.

import { moveOn } from "./moveon.js";
import { isEnter } from "./typing.js";

export function mindSheets() {
  document.addEventListener("keydown", (event) => {
    if (!isEnter(event) || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!event.target.form?.hasAttribute("data-enter-moves-on") || !event.target.matches("input, select, textarea")) return;
    if (event.shiftKey && event.target.matches("textarea")) return; // a new line in what somebody wrote
    event.preventDefault();
    moveOn(event.target);
  });
  document.addEventListener("click", ({ target }) => target.closest?.("[data-print]") && print());
}
