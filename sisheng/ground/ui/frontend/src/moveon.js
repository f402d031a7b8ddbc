// On to the next control of a form, as Tab would: for fields that take their answer with one key.

const CONTROLS = "input:not([type=hidden]), select, textarea, button";

/** Step into the control after this one; `inside` is what is left as a whole, such as a group of boxes. */
export function moveOn(control, inside = control) {
  const all = [...(control.form?.querySelectorAll(CONTROLS) ?? [])];
  const after = all.slice(all.indexOf(control) + 1).find((other) => isNext(other, inside));
  after?.focus();
}

function isNext(other, inside) {
  return !inside.contains(other) && !other.disabled && other.tabIndex >= 0 && other.checkVisibility();
}
