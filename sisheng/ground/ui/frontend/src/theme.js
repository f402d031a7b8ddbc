// Light, dark or as the system: at once on the screen, and in a cookie, from which the server writes the next page.
// Without us the form of the buttons does the same (views.theme).

const YEAR = 365 * 24 * 60 * 60; // s

export function mindTheme() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-theme-form]") || !event.submitter) return;
    event.preventDefault();
    choose(event.submitter.value);
  });
}

function choose(theme) {
  document.documentElement.dataset.bsTheme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
  for (const button of document.querySelectorAll("[data-theme-form] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}
