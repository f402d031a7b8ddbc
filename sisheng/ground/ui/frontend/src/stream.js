// The server pokes: “something about this topic changed”. A panel that shows the topic fetches itself:
//
//   <section id="queue" hx-get="…" hx-trigger="poke" data-topic="case">
//
// A topic is the word before the dot of an event's kind (contact, inquiry, deadline) or the number of one record.
// Only the tab that is looked at listens (a browser has six connections for all its tabs), and one more for whoever wants
// to be told of notices meanwhile. Where no stream can be had, everything is asked for every 20 s.

import { listensWhileHidden } from "./notices.js";

const ASK_EVERY = 20000; // ms
let source = null;
let asking = null;

export function mindStream() {
  if (!document.querySelector("[data-topic]")) return;
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : (listen(), poke())));
  window.addEventListener("offline", showConnection);
  window.addEventListener("online", () => (showConnection(), stop(), listen(), poke()));
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", ({ persisted }) => persisted && (listen(), poke()));
  showConnection();
  if (!document.hidden) listen();
}

function listen() {
  if (!document.body.dataset.stream) return ask();
  if (source) return;
  const { stream } = document.body.dataset;
  source = new EventSource(stream); // comes back by itself, with Last-Event-ID
  document.body.dataset.stream = stream.split("?")[0]; // what the page knew is old by the next time
  source.onopen = askNoMore;
  source.addEventListener("poke", ({ data }) => poke(JSON.parse(data).topics));
  source.onerror = () => {
    ask();
    if (source?.readyState === EventSource.CLOSED) source = null; // refused for good: ask() tries again
  };
}

/** Nobody looks. */
function rest() {
  if (!listensWhileHidden()) stop();
}

function stop() {
  source?.close();
  source = null;
  askNoMore();
}

/** Without a stream: ask, and look whether there is one again. */
function ask() {
  asking ??= setInterval(() => {
    poke();
    listen();
  }, ASK_EVERY);
}

function askNoMore() {
  clearInterval(asking);
  asking = null;
}

/** Tell the panels that show one of these topics (“case:17”, “case”, “inquiry”); without any, or with “*”, all. */
export function poke(topics = ["*"]) {
  // what nobody sees is fetched when somebody looks again
  for (const panel of document.querySelectorAll(document.hidden ? "#notice-count" : "[data-topic]")) {
    const shown = panel.dataset.topic.split(" ");
    if (topics.includes("*") || shown.some((topic) => topics.includes(topic))) {
      panel.dispatchEvent(new CustomEvent("poke"));
    }
  }
}

function showConnection() {
  document.body.classList.toggle("is-offline", !navigator.onLine);
}
