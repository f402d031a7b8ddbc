// The answer card: the sentence to read out, the way without steps, and what is true of the place today.

const PARTS = ["notice", "say", "step_free", "opening", "phone", "promotion", "detail"];

/** Fill the card with one entry in one language. Parts that have nothing to say are not shown. */
export function showCard(card, entry, lang, wasAsked) {
  card.querySelector("[data-nothing]").hidden = Boolean(entry) || !wasAsked;
  card.querySelector("[data-answer]").hidden = !entry;
  if (!entry) return;
  const told = { ...entry.zh, ...(lang === "en" ? entry.en : {}) };
  card.querySelector("[data-part=title]").textContent = lang === "en" && entry.title_en ? entry.title_en : entry.title;
  card.querySelector("[data-part=where]").textContent = told.where ?? entry.code ?? "";
  card.lang = lang === "en" ? "en" : "zh-Hans";
  for (const part of PARTS) {
    const place = card.querySelector(`[data-part=${part}]`);
    place.textContent = told[part] ?? "";
    (place.closest("[data-line]") ?? place).hidden = !told[part];
  }
}
