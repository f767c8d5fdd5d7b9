/** Marking by keyboard: 0 to 4 press that level of the point one is at, j and k move; after a mark the next point has the
 * focus. Without this the buttons and forms do the same. */

export function startMarks(): void {
  const list = document.querySelector<HTMLElement>("[data-marks]");
  if (!list) return;
  document.querySelector(".marks-keys")?.removeAttribute("hidden");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const row = rowOf(event.target) ?? rows(list)[0];
    if (event.key === "j" || event.key === "k") focus(step(rows(list), row, event.key === "j" ? 1 : -1));
    else if (/^[0-4]$/.test(event.key)) press(list, row, event.key);
    else return;
    event.preventDefault();
  });
  list.addEventListener("htmx:afterSettle", (event) => {
    const row = rowOf(event.target);
    if (!row || row.hasAttribute("data-asks")) return;
    if (document.activeElement && document.activeElement !== document.body && rowOf(document.activeElement) !== row) return;
    focus(row.hasAttribute("data-marked") ? step(rows(list), row, 1) : row);
  });
}

/** The neighbour of `row`; at either end `row` itself. */
export function step<T>(all: readonly T[], row: T | undefined, by: 1 | -1): T | undefined {
  const at = row === undefined ? -1 : all.indexOf(row);
  return all[Math.min(Math.max(at + by, 0), all.length - 1)];
}

/** The points that can be marked: those of a step that is left out are not shown. */
function rows(list: HTMLElement): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>("[data-mark-row]")].filter((row) => row.checkVisibility());
}

function rowOf(target: EventTarget | null): HTMLElement | undefined {
  return (target instanceof Element && target.closest<HTMLElement>("[data-mark-row]")) || undefined;
}

/** A button is answered by its row, made anew; a radio button stays, and the next point is gone to at once. */
function press(list: HTMLElement, row: HTMLElement | undefined, level: string): void {
  const choice = row?.querySelector<HTMLElement>(`button.mark-choice[value="${level}"], input[type=radio][value="${level}"]`);
  choice?.click();
  if (choice instanceof HTMLInputElement) focus(step(rows(list), row, 1));
}

/** What one would press there first: one's own mark, else the automatic level. */
function focus(row: HTMLElement | undefined): void {
  const wanted = ['[aria-pressed="true"]', "[data-automatic]", "input:checked", "button.mark-choice", 'input:not([type="hidden"])'];
  const target = wanted.map((kind) => row?.querySelector<HTMLElement>(kind)).find(Boolean);
  target?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type)) return false;
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
