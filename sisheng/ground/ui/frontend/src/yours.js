// Somebody else was faster, and a panel comes as it stands now. What was typed in the form that it takes away is kept
// beside it, to be read and copied; where the form is still offered, the words are in it again.

import { fieldsOf, fill, kept } from "./drafts.js";
import { say } from "./words.js";

/** What is typed in a form, before it goes; the answer puts it back, or beside the panel. */
export function holdWords(form) {
  if (!form) return () => {};
  const action = form.getAttribute("action");
  const fields = kept(form);
  const texts = fieldsOf(form).filter(isText).map((field) => ({ label: labelOf(field), words: field.value.trim() }));
  return (panel) => {
    const again = panel?.querySelector(`form[action="${CSS.escape(action)}"]`);
    if (again) fill(again, fields);
    else if (panel && texts.some(({ words }) => words)) showBeside(panel, texts.filter(({ words }) => words));
  };
}

function isText(field) {
  return field.localName === "textarea" || ["text", "search"].includes(field.type);
}

function labelOf(field) {
  return field.labels?.[0]?.textContent.trim() ?? "";
}

function showBeside(panel, texts) {
  const box = make("section", "card yours");
  const head = make("div", "card-head");
  head.append(make("h2", "", say("yours")));
  const body = make("div", "card-body");
  for (const { label, words } of texts) {
    const field = make("label", "form-label", label);
    const text = Object.assign(make("textarea", "form-control"), { value: words, readOnly: true, rows: 3 });
    field.append(text);
    body.append(field);
  }
  body.append(button(say("copy"), () => copy(body, texts)), button(say("dismiss"), () => box.remove()));
  box.append(head, body);
  panel.insertAdjacentElement("beforebegin", box);
}

async function copy(body, texts) {
  body.querySelector("textarea").select();
  await navigator.clipboard?.writeText(texts.map(({ words }) => words).join("\n"));
}

function button(words, act) {
  const element = Object.assign(make("button", "btn btn-sm", words), { type: "button" });
  element.addEventListener("click", act);
  return element;
}

function make(name, className, textContent = "") {
  return Object.assign(document.createElement(name), { className, textContent });
}
