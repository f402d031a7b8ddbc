// Whose key is it: a field's, the input method's, or ours.

const FIELDS = "textarea, select, [contenteditable=''], [contenteditable='true'], input";
const NOT_TYPED_IN = ["checkbox", "radio", "button", "submit", "reset", "range", "color", "file", "image"];

/** The field that is being typed in, if any. */
export function fieldInUse() {
  const element = document.activeElement?.closest(FIELDS);
  return element && !NOT_TYPED_IN.includes(element.type) ? element : null;
}

/** The key belongs to the input method: macOS sends 229 even when isComposing is already false. */
export function isInputMethods(event) {
  return event.isComposing || event.keyCode === 229;
}

/** The digit of a key event: half or full width, on either pad, and while an input method hides it; else "". */
export function digitOf(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return "";
  const key = event.key?.normalize("NFKC") ?? "";
  if (/^[0-9]$/.test(key)) return key;
  if (!isInputMethods(event) || event.shiftKey) return "";
  return event.code?.match(/^(?:Digit|Numpad)([0-9])$/)?.[1] ?? "";
}

/** The key of an event in small letters, also when an input method hides it: "t", "?", "enter". */
export function keyOf(event) {
  if (event.key !== "Process") return event.key.normalize("NFKC").toLowerCase();
  return event.code.match(/^Key([A-Z])$/)?.[1].toLowerCase() ?? "";
}

export function isEnter(event) {
  return event.key === "Enter" || (isInputMethods(event) && /^(Numpad)?Enter$/.test(event.code));
}

/** Put text where the caret stands, as if it had been typed. */
export function typeInto(field, text) {
  if (field.setRangeText && field.selectionStart != null) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  } else field.value += text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true, data: text, inputType: "insertText" }));
}
