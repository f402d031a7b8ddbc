// The number beside the bell grows when there is something new for me. Whoever asked for it is told by their computer
// too, while they look at something else. The words there are few: others may see that screen.
//
//   <button data-notify aria-pressed="false" hidden>…</button>   asks for it, or takes it back

import { say } from "./words.js";

const WISH = "notices"; // in localStorage: the staff code of whoever wants it on this computer
let known = null; // the number before; nothing until it was heard for the first time
let listensForAll = false;

export function mindNotices() {
  const bell = document.getElementById("notice-count")?.parentElement;
  if (!bell || !("Notification" in window)) return;
  new MutationObserver(compare).observe(bell, { subtree: true, childList: true, attributeFilter: ["data-count"] });
  for (const button of document.querySelectorAll("[data-notify]")) {
    button.hidden = false;
    button.addEventListener("click", () => change(button));
    press(button);
  }
  if (isWanted()) standBy();
}

/** Does this tab go on listening while nobody looks at it? One of the browser does: it has few connections. */
export function listensWhileHidden() {
  return listensForAll && isWanted();
}

function compare() {
  const count = document.getElementById("notice-count")?.dataset.count;
  if (count === undefined) return;
  const grown = known !== null && Number(count) > known;
  known = Number(count);
  if (grown && isWanted() && !document.hasFocus()) show(known);
}

function show(count) {
  const notification = new Notification(say("notices_title"), { body: say("notices_new", { count }), tag: WISH });
  notification.onclick = () => {
    window.focus();
    document.getElementById("notice-count").closest("a").click();
    notification.close();
  };
}

async function change(button) {
  if (isWanted()) localStorage.removeItem(WISH);
  else if ((await Notification.requestPermission()) === "granted") localStorage.setItem(WISH, me());
  else document.getElementById("live").textContent = say("notices_denied");
  press(button);
  if (isWanted()) standBy();
}

function press(button) {
  button.setAttribute("aria-pressed", String(isWanted()));
}

function isWanted() {
  return Notification.permission === "granted" && localStorage.getItem(WISH) === me();
}

function me() {
  return document.body.dataset.person;
}

/** Whoever holds the lock listens for all tabs, until it is closed; then the next one does. */
function standBy() {
  navigator.locks?.request(WISH, () => {
    listensForAll = true;
    return new Promise(() => {});
  });
}
