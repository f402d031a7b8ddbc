// What a field of a record is called from one screen to another: its form, which is the end of the form's address, and its
// name in it: “facts/account”.

export function keyOf(field) {
  const form = field?.form;
  if (!form || !field.name || form.dataset.presence !== undefined || !field.closest("main")) return "";
  return `${nameOf(form)}/${field.name}`;
}

/** The field of that key on this screen, if it is here, and what it is called here; else the words of the way to its form. */
export function whereIs(key) {
  const [name, fieldName] = key.split("/");
  const forms = [...document.querySelectorAll("main form")].filter((form) => nameOf(form) === name && form.dataset.presence === undefined);
  const found = forms.map((form) => form.elements.namedItem(fieldName)).find(Boolean);
  const field = found instanceof RadioNodeList ? found[0] : found;
  if (field) return { field, words: labelOf(field) };
  const link = document.querySelector(`main a[href$="/${CSS.escape(name)}/"]`);
  return { field: null, words: link?.textContent.trim() ?? "" };
}

function nameOf(form) {
  return form.getAttribute("action")?.split("?")[0].split("/").filter(Boolean).at(-1) ?? "";
}

function labelOf(field) {
  const words = (field.closest("fieldset")?.querySelector("legend") ?? field.labels?.[0])?.cloneNode(true);
  words?.querySelectorAll("kbd, .optional").forEach((part) => part.remove());
  return words?.textContent.trim() ?? "";
}
