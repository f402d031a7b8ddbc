// The five faces on a tablet or beside a keypad: the keys 1 to 5, and a clean page for whoever comes next. Without it
// everything works by touch.

/** A digit chooses its face; Enter then sends, as in every form. */
function faces(form) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("textarea")) return;
    const face = /^[1-5]$/.test(event.key) && form.querySelector(`[name="score"][value="${event.key}"]`);
    if (!face) return;
    event.preventDefault();
    face.checked = true;
    face.focus();
  });
}

/** What somebody chose and left is not sent by the next. */
function forget(form) {
  let waiting;
  const again = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => form.reset(), form.dataset.forget * 1000);
  };
  ["input", "pointerdown", "keydown"].forEach((kind) => form.addEventListener(kind, again));
}

export function mindCounter() {
  document.querySelectorAll("[data-faces]").forEach(faces);
  document.querySelectorAll("[data-forget]").forEach(forget);
  document.querySelectorAll("[data-again]").forEach((link) => setTimeout(() => link.click(), link.dataset.again * 1000));
}
