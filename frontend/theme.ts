// Runs before the first paint: turns the theme the server wrote into light or dark.
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  const chosen = root.dataset.theme ?? "auto";
  root.dataset.bsTheme = chosen === "auto" ? (dark.matches ? "dark" : "light") : chosen;
}

apply();
dark.addEventListener("change", apply);
document.addEventListener("paraph:theme", apply);
