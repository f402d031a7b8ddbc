// A few words about what was just done, where the thing itself is gone from the screen: shown for a moment, and read out.

const SHOWN_FOR = 5000;

export function justSaid(sentence) {
  document.querySelector(".just-said")?.remove();
  const words = Object.assign(document.createElement("p"), { className: "just-said", textContent: sentence });
  words.setAttribute("aria-hidden", "true"); // the live region says it
  document.body.append(words);
  document.getElementById("live").textContent = sentence;
  setTimeout(() => words.remove(), SHOWN_FOR);
}
