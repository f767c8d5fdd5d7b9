/** Times in the reader's own zone and words. The server's text stays where the script does not run. */

type Style = "datetime" | "date" | "time" | "relative";

const FORMATS: Record<Exclude<Style, "relative">, Intl.DateTimeFormatOptions> = {
  datetime: { dateStyle: "medium", timeStyle: "short" },
  date: { dateStyle: "medium" },
  time: { timeStyle: "short" },
};
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function startLocalTimes(): void {
  showLocalTimes();
  document.addEventListener("htmx:afterSettle", showLocalTimes);
  setInterval(showLocalTimes, 60_000);
}

/** Also for what was put on the page without htmx. */
export function showLocalTimes(): void {
  for (const element of document.querySelectorAll<HTMLTimeElement>("time[data-local]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    element.textContent = words(at, (element.dataset["local"] || "datetime") as Style, new Date());
    element.title = at.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
  }
}

/** `at` in words; relative ones up to a week, then the date. */
export function words(at: Date, style: Style, now: Date): string {
  if (style !== "relative") return new Intl.DateTimeFormat(undefined, FORMATS[style] ?? FORMATS.datetime).format(at);
  const seconds = (at.getTime() - now.getTime()) / 1000;
  if (Math.abs(seconds) >= 7 * 86_400) return words(at, "date", now);
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ["minute", 60];
  return new Intl.RelativeTimeFormat(undefined, { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}
