// Menus are <details class="menu">, dialogs are <dialog>. Both open without us; we close them as one expects.

export function mindMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
    if (event.target.matches("dialog.sheet")) event.target.close(); // beside the sheet
    open(event);
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && openMenus().pop();
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
    event.stopPropagation();
  });
}

/** data-opens="palette" opens <dialog id="palette">; without such a dialog the link goes where it leads. */
function open(event) {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (!dialog?.showModal || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  for (const menu of openMenus()) menu.open = false;
  if (dialog.open) return;
  dialog.dispatchEvent(new CustomEvent("opening"));
  dialog.showModal();
}

function openMenus() {
  return [...document.querySelectorAll("details.menu[open]")];
}
