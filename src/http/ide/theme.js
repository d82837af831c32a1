const THEMES = ["system", "light", "dark"];
const REMEMBERED = "custodia:theme";

/** Goes through the themes; GraphiQL has to be told which of two the system's is. */
export function followTheme({ button, onChange }) {
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  let theme = THEMES.find((one) => one === localStorage.getItem(REMEMBERED)) ?? "system";

  function apply() {
    const shown = theme === "system" ? (prefersDark.matches ? "dark" : "light") : theme;
    document.documentElement.dataset.theme = shown;
    button.textContent = `Theme: ${theme}`;
    button.setAttribute("aria-label", `Theme: ${theme}. Change it.`);
    localStorage.setItem(REMEMBERED, theme);
    onChange(shown);
  }

  button.addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    apply();
  });
  prefersDark.addEventListener("change", apply);
  apply();
}
