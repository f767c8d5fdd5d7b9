/** Light, dark, or as the system. Without a choice, CSS alone follows the system, so nothing flashes. */

export type Choice = "system" | "light" | "dark";

const KEY = "theme";
const LABEL: Record<Choice, string> = {
  system: "Colours: as the system",
  light: "Colours: light",
  dark: "Colours: dark",
};
const ICON: Record<Choice, string> = { system: "◐", light: "☀", dark: "☾" };
const dark = window.matchMedia("(prefers-color-scheme: dark)");

export function startTheme(): void {
  apply(stored());
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[data-theme-toggle]")) choose(next(stored()));
  });
}

/** Whether the page is dark now. */
export function isDark(): boolean {
  const choice = stored();
  return choice === "system" ? dark.matches : choice === "dark";
}

/** Calls back now and whenever the page turns dark or light. */
export function onTheme(callback: (dark: boolean) => void): void {
  const tell = () => callback(isDark());
  tell();
  dark.addEventListener("change", tell);
  new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

/** The order of the button: first the opposite of what is seen would surprise nobody, then back to the system. */
export function next(choice: Choice): Choice {
  return choice === "system" ? "light" : choice === "light" ? "dark" : "system";
}

function stored(): Choice {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : "system";
  } catch {
    return "system"; // storage is switched off
  }
}

function choose(choice: Choice): void {
  try {
    localStorage.setItem(KEY, choice);
  } catch {
    // The choice then holds for this page.
  }
  apply(choice);
}

function apply(choice: Choice): void {
  const root = document.documentElement;
  if (choice === "system") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", `loops-${choice}`);
  for (const button of document.querySelectorAll<HTMLElement>("[data-theme-toggle]")) {
    button.textContent = ICON[choice];
    button.setAttribute("aria-label", LABEL[choice]);
    button.title = LABEL[choice];
  }
}
