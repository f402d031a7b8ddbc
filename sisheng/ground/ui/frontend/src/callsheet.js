// The call sheet (FUP-01): the digits answer one question after another. A question that is stepped into takes them
// again; which one has them is marked. Only its radios wear data-key, so that keys.js presses what a person would.

export function mindCallSheet() {
  document.addEventListener("change", ({ target }) => questionOf(target) && take(nextAfter(questionOf(target))));
  document.addEventListener("focusin", ({ target }) => questionOf(target) && take(questionOf(target)));
  document.addEventListener("htmx:after:swap", begin);
  begin();
}

function begin() {
  take(questions().find((question) => !isAnswered(question)));
}

function take(chosen) {
  for (const question of questions()) {
    question.toggleAttribute("data-has-digits", question === chosen);
    for (const radio of question.querySelectorAll("[type=radio]")) {
      if (question === chosen) radio.dataset.key = radio.value;
      else delete radio.dataset.key;
    }
  }
}

function nextAfter(question) {
  const all = questions();
  const later = all.slice(all.indexOf(question) + 1);
  return [...later, ...all].find((each) => !isAnswered(each));
}

function isAnswered(question) {
  return question.querySelector(":checked") !== null;
}

function questionOf(target) {
  return target.closest?.("[data-digits]");
}

function questions() {
  return [...document.querySelectorAll("[data-digits]")];
}
