/** Writing into the step's notes from elsewhere in the room, through the area that saves itself. */

export class NotePad {
  constructor(private readonly root: HTMLElement) {}

  /** Puts text below what stands in the notes of the step in work. Returns in words what was done, or why nothing was. */
  append(text: string): { done: boolean; words: string } {
    const area = this.area;
    if (!area) return { done: false, words: "Only the candidate writes notes." };
    if (area.readOnly) return { done: false, words: "The clock is not running. Nothing was put into your notes." };
    const before = area.value.trimEnd();
    const whole = before ? `${before}\n\n${text}\n` : `${text}\n`;
    if (whole.length > area.maxLength) {
      return { done: false, words: "This note is full. Nothing was put into it; go to another step first." };
    }
    area.value = whole;
    area.scrollTop = area.scrollHeight;
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return { done: true, words: `It stands in your notes now: ${this.name(this.step)}.` };
  }

  /** Opens the notes of a step; the candidate's cursor goes to `start` to `end`. */
  show(step: string, start = 0, end = start): void {
    document.dispatchEvent(new CustomEvent("room:pane", { detail: "notes" }));
    this.tab(step)?.click();
    const place = this.root.querySelector<HTMLElement>(`[data-step-panel="${CSS.escape(step)}"]`);
    place?.dispatchEvent(new CustomEvent("note:write")); // the text, if it is shown formatted
    const area = place?.querySelector<HTMLTextAreaElement>("textarea[data-note]");
    if (area) {
      area.focus();
      area.setSelectionRange(start, end);
      area.scrollTop = (area.scrollHeight * start) / Math.max(area.value.length, 1) - area.clientHeight / 3;
    } else place?.querySelector<HTMLElement>("[data-note-live]")?.focus();
  }

  /** The step whose notes are open. */
  get step(): string {
    return this.root.querySelector<HTMLElement>("[role=tab][data-step][aria-selected=true]")?.dataset["step"] ?? "";
  }

  name(step: string): string {
    return this.tab(step)?.querySelector(".step-name")?.textContent ?? step;
  }

  private get area(): HTMLTextAreaElement | null {
    return this.root.querySelector(`textarea[data-note="${CSS.escape(this.step)}"]`);
  }

  private tab(step: string): HTMLElement | null {
    return this.root.querySelector<HTMLElement>(`[role=tab][data-step="${CSS.escape(step)}"]`);
  }
}
