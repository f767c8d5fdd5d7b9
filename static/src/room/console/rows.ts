/** The console's rows: which are shown, and which one the keys act on. */
import { holds } from "../../page/filter.ts";
import { neighbour, type Part } from "./keys.ts";

export class Rows {
  part: Part = "facts";
  words = "";
  /** The phase of the clock: its points come first. */
  phase = "";
  /** What was pressed and is not answered yet, by row: it shows at once, whatever an earlier answer says. */
  readonly pending = new Map<string, string>();
  private id = "";

  constructor(private readonly host: HTMLElement) {}

  /** Applies part and words to whatever the server sent last. */
  paint(): void {
    const searching = this.words.trim() !== "";
    for (const section of this.host.querySelectorAll<HTMLElement>("[data-rows]")) {
      for (const row of section.querySelectorAll<HTMLElement>("[data-row]")) {
        row.hidden = searching && !holds(`${row.textContent} ${row.dataset["words"] ?? ""}`, this.words);
      }
      for (const group of section.querySelectorAll<HTMLElement>("[data-group]")) {
        group.hidden = !group.querySelector("[data-row]:not([hidden])");
        group.dataset["now"] = String(group.dataset["group"] === this.phase);
      }
      section.hidden = searching ? !section.querySelector("[data-row]:not([hidden])") : section.dataset["rows"] !== this.part;
    }
    for (const button of this.host.querySelectorAll<HTMLElement>("[data-part]")) {
      button.setAttribute("aria-pressed", String(!searching && button.dataset["part"] === this.part));
    }
    for (const [row, button] of this.pending) this.press(row, button);
    this.show("#console-flip", !searching && this.part === "flips");
    this.show("#guide", !searching && this.part === "guide");
    this.show("#console-nothing", searching && this.shown().length === 0);
    this.mark(this.current ?? this.shown()[0]);
  }

  get current(): HTMLElement | undefined {
    return this.shown().find((row) => row.id === this.id);
  }

  choose(part: Part): void {
    this.part = part;
    this.words = "";
    this.paint();
    const due = '[data-rows="points"] [data-now="true"] [data-row]:not([data-done])';
    this.mark((part === "points" && this.host.querySelector<HTMLElement>(due)) || this.shown()[0]);
  }

  move(by: 1 | -1): void {
    this.focus(neighbour(this.shown(), this.current, by));
  }

  /** Makes a row the one that keys act on, and moves the focus there: to what is pressed, else to its first button. */
  focus(row: HTMLElement | undefined): void {
    if (!row) return;
    this.mark(row);
    (row.querySelector<HTMLElement>('[aria-pressed="true"]') ?? row.querySelector<HTMLElement>("button"))?.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  /** Shows a choice of a row as pressed. */
  press(row: string, button: string): void {
    for (const one of this.host.querySelectorAll<HTMLElement>(`#${CSS.escape(row)} [aria-pressed]`)) {
      one.setAttribute("aria-pressed", String(one.id === button));
    }
  }

  /** One row at a time is in the order of Tab; the arrows lead to the others. */
  mark(row: HTMLElement | undefined): void {
    this.id = row?.id ?? "";
    for (const one of this.host.querySelectorAll<HTMLElement>("[data-row]")) {
      one.toggleAttribute("data-current", one === row);
      for (const button of one.querySelectorAll("button")) button.tabIndex = one === row ? 0 : -1;
    }
  }

  private shown(): HTMLElement[] {
    return [...this.host.querySelectorAll<HTMLElement>("[data-rows]:not([hidden]) [data-row]:not([hidden])")].filter(
      (row) => !row.closest("[data-group][hidden]"),
    );
  }

  private show(selector: string, yes: boolean): void {
    const place = this.host.querySelector<HTMLElement>(selector);
    if (place) place.hidden = !yes;
  }
}
