/** Times in the private notes: [12:34] since the session's start, which the report turns into links to the replay. */
import type { RoomClock } from "../clock.ts";

export function minutes(seconds: number): string {
  const whole = Math.floor(seconds);
  return `[${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}]`;
}

/** Returns what begins a new note: the caret at the end of the text, on a line of its own, behind the time. */
export function startStamps(pane: HTMLElement, clock: RoomClock): () => void {
  const area = pane.querySelector<HTMLTextAreaElement>("textarea[data-private]");
  if (!area) return () => {};
  const stamp = () => {
    const now = clock.sinceStart;
    if (now !== null) insert(area, `${minutes(now)} `);
    area.focus();
  };
  pane.querySelector("[data-stamp-note]")?.addEventListener("click", stamp);
  area.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyT") return;
    event.preventDefault();
    stamp();
  });
  return () => {
    area.setSelectionRange(area.value.length, area.value.length);
    if (area.value && !area.value.endsWith("\n")) insert(area, "\n");
    stamp();
    area.scrollTop = area.scrollHeight;
  };
}

/** As if it was typed: the note saves itself. */
function insert(area: HTMLTextAreaElement, text: string): void {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
