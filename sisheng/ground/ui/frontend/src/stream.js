// The server pokes: “something about this topic changed”. A panel that shows the topic fetches itself:
//
//   <section id="queue" hx-get="…" hx-trigger="poke" data-topic="cases">
//
// Only the tab that is looked at listens (a browser has six connections for all its tabs). Where no stream can be had,
// everything is asked for every 20 s.

const ASK_EVERY = 20000; // ms
let source = null;
let asking = null;

export function mindStream() {
  if (!document.body.dataset.stream) return;
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : (listen(), poke())));
  window.addEventListener("offline", showConnection);
  window.addEventListener("online", () => (showConnection(), stop(), listen(), poke()));
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", ({ persisted }) => persisted && (listen(), poke()));
  showConnection();
  if (!document.hidden) listen();
}

function listen() {
  if (source) return;
  source = new EventSource(document.body.dataset.stream); // comes back by itself, with Last-Event-ID
  source.onopen = askNoMore;
  source.onmessage = ({ data }) => poke(topicOf(data));
  source.addEventListener("poke", ({ data }) => poke(topicOf(data)));
  source.onerror = () => {
    ask();
    if (source?.readyState === EventSource.CLOSED) source = null; // refused for good: ask() tries again
  };
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

/** The topic, alone or as {"topic": …}. */
function topicOf(data) {
  try {
    return JSON.parse(data).topic ?? data;
  } catch {
    return data;
  }
}

/** Tell the panels of a topic, or all of them. A topic “cases:17” also reaches those that show “cases”. */
export function poke(topic) {
  for (const panel of document.querySelectorAll("[data-topic]")) {
    const topics = panel.dataset.topic.split(" ");
    if (!topic || topics.includes(topic) || topics.includes(topic.split(":")[0])) {
      panel.dispatchEvent(new CustomEvent("poke"));
    }
  }
}

function showConnection() {
  document.body.classList.toggle("is-offline", !navigator.onLine);
}
