// Loaded before the page is painted, so that a chosen theme does not flash up in the other colours.
// page/theme.ts does everything else. Not a module: modules run after the first paint.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = `loops-${theme}`;
} catch {
  // Storage is off: the page follows the system.
}
