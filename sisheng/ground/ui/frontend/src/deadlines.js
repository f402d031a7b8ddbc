// Chips of deadlines count by themselves: words, shape and colour every 15 s, without asking the server.
// formats.py writes the first words; both say the same (tests/journeys compares them).

import { say } from "./words.js";

const TICK = 15000; // ms
const MINUTE = 60000;
const STATES = ["ok", "soon", "now", "over"];
const lag = serverLag();

export function mindDeadlines() {
  setInterval(tick, TICK);
  setInterval(() => document.querySelector("[data-seconds]") && tick(), 1000);
  document.addEventListener("visibilitychange", () => document.hidden || tick());
}

/** How far the clock of this PC is behind the server's, in ms. A page taken from the browser's store says nothing. */
function serverLag() {
  const [visit] = performance.getEntriesByType("navigation");
  const told = Date.parse(document.body.dataset.now);
  if (!told || !visit || visit.type === "back_forward") return 0;
  return told - (performance.timeOrigin + visit.responseStart);
}

export function tick(now = Date.now() + lag) {
  for (const chip of document.querySelectorAll(".deadline[data-due]")) {
    const due = Date.parse(chip.dataset.due);
    put(chip, words(due - now, "seconds" in chip.dataset));
    turn(chip, stateAt(now, chip.dataset, due));
  }
}

function stateAt(now, { soon, urgent }, due) {
  if (now >= due) return "over";
  if (now >= Date.parse(urgent)) return "now";
  return now >= Date.parse(soon) ? "soon" : "ok";
}

/** 剩 5:20 before, 逾期 12 分 after. */
function words(left, withSeconds) {
  return say(left > 0 ? "left" : "over", { time: span(Math.abs(left), left <= 0, withSeconds) });
}

function span(amount, up, withSeconds) {
  if (withSeconds && amount < MINUTE) return say("seconds", { s: up ? Math.floor(amount / 1000) : Math.ceil(amount / 1000) });
  const minutes = Math.max(up ? Math.floor(amount / MINUTE) : Math.ceil(amount / MINUTE), 1);
  const [d, h] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (d) return say(h ? "days" : "whole_days", { d, h });
  if (h) return `${h}:${String(minutes % 60).padStart(2, "0")}`;
  return say("minutes", { m: minutes });
}

function put(chip, text) {
  const place = chip.querySelector(".deadline-words");
  if (place.textContent !== text) place.textContent = text;
}

/** Another state: another colour and shape, and it is said once, quietly, to those who do not see it. */
function turn(chip, state) {
  if (chip.classList.contains(`is-${state}`)) return;
  chip.classList.remove(...STATES.map((name) => `is-${name}`));
  chip.classList.add(`is-${state}`);
  const shape = chip.querySelector("use");
  shape.setAttribute("href", shape.getAttribute("href").replace(/#.*/, `#shape-${state}`));
  const live = document.getElementById("live");
  if (live) live.textContent = chip.textContent.trim();
}
