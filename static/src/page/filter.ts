/**
 * `data-filter` inputs: show only those `data-entry` of the named place that hold every word that is typed; words that
 * are not shown may stand in the attribute itself, and a child with `data-unsearched` does not count.
 */

export function startFilters(): void {
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLElement;
    if (field instanceof HTMLInputElement && field.dataset["filter"]) filter(field, document.querySelector(field.dataset["filter"]));
  });
}

function filter(field: HTMLInputElement, place: HTMLElement | null): void {
  if (!place) return;
  const wanted = field.value;
  for (const entry of place.querySelectorAll<HTMLElement>("[data-entry]")) {
    entry.hidden = !holds(`${searched(entry)} ${entry.dataset["entry"]}`, wanted);
  }
  for (const part of place.querySelectorAll("details")) unfold(part, wanted.trim() !== "");
}

/** What an entry says, but for its parts that only lead elsewhere. */
function searched(entry: HTMLElement): string {
  const parts = [...entry.childNodes].filter((node) => !(node instanceof HTMLElement && "unsearched" in node.dataset));
  return parts.map((node) => node.textContent).join("");
}

/** A part is open while it holds a find; afterwards it is as it was. */
function unfold(part: HTMLDetailsElement, searching: boolean): void {
  part.dataset["was"] ??= String(part.open);
  const found = part.querySelector("[data-entry]:not([hidden])") !== null;
  part.hidden = searching && !found;
  part.open = searching ? found : part.dataset["was"] === "true";
  if (!searching) delete part.dataset["was"];
}

/** Whether `text` holds every word of `wanted`, in any case and order. */
export function holds(text: string, wanted: string): boolean {
  const whole = text.toLowerCase();
  return wanted.toLowerCase().split(/\s+/).every((word) => whole.includes(word));
}
