/** The palette: find a part, and put it on the board by click, key or drag. */
import { announce } from "../page/announce.ts";
import { type Flow, type Part, partOf } from "./parts.ts";

/** What a dragged part travels as; no other page's drag has this type. */
const DRAGGED = "application/x-two-loops-part";

export interface PaletteActions {
  insert: (part: Part, at?: { clientX: number; clientY: number }) => Promise<void>;
  /** Joins the two selected parts by an arrow; false if there are not two. */
  connect: () => boolean;
  /** Says how things travel along the selected arrows; false without arrows. */
  flow: (flow: Flow) => boolean;
}

export class Palette {
  private readonly search: HTMLInputElement;
  private readonly buttons: HTMLButtonElement[];

  constructor(
    place: HTMLElement,
    board: HTMLElement,
    private readonly actions: PaletteActions,
  ) {
    this.search = place.querySelector("input")!;
    this.buttons = [...place.querySelectorAll("button")];
    place.addEventListener("click", (event) => this.pressed(event));
    place.addEventListener("focusin", (event) => {
      if (this.buttons.includes(event.target as HTMLButtonElement)) this.rove(event.target as HTMLButtonElement);
    });
    place.querySelector("[role=toolbar]")!.addEventListener("keydown", (event) => this.move(event as KeyboardEvent));
    this.search.addEventListener("keydown", (event) => this.typed(event));
    place.addEventListener("dragstart", (event) => {
      const id = (event.target as HTMLElement).dataset?.["part"];
      if (id) event.dataTransfer?.setData(DRAGGED, id);
    });
    // Before Excalidraw sees it: it would take a drop for a file.
    board.addEventListener("dragover", (event) => this.over(event), true);
    board.addEventListener("drop", (event) => this.dropped(event), true);
    this.rove(this.buttons[0]!);
  }

  enable(yes: boolean): void {
    for (const control of [this.search, ...this.buttons]) control.disabled = !yes;
  }

  private pressed(event: Event): void {
    const button = (event.target as Element).closest("button");
    if (!button) return;
    if (button.dataset["part"]) this.put(button);
    else if (button.dataset["flow"]) {
      const flow = button.dataset["flow"] as Flow;
      announce(this.actions.flow(flow) ? `The selected arrows are ${flow}.` : "Select an arrow first.");
    } else announce(this.actions.connect() ? "Connected." : "Select two parts first, then connect them.");
  }

  private put(button: HTMLElement, at?: { clientX: number; clientY: number }): void {
    const part = partOf(button);
    void this.actions.insert(part, at).then(() => announce(`${part.label} is on the board.`));
  }

  private typed(event: KeyboardEvent): void {
    const first = this.shown().find((button) => button.dataset["part"]);
    if (event.key === "Enter" && first && this.search.value.trim()) {
      event.preventDefault();
      this.put(first);
      this.search.select();
    } else if (event.key === "ArrowDown" && first) {
      event.preventDefault();
      first.focus();
    } else if (event.key === "Escape" && this.search.value) {
      event.preventDefault();
      this.search.value = "";
      this.search.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  /** One stop for the Tab key; arrows go on from there. */
  private rove(to: HTMLButtonElement): void {
    for (const button of this.buttons) button.tabIndex = button === to ? 0 : -1;
  }

  private move(event: KeyboardEvent): void {
    const shown = this.shown();
    const at = shown.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    shown[(at + step + shown.length) % shown.length]!.focus();
  }

  private shown(): HTMLButtonElement[] {
    return this.buttons.filter((button) => !button.hidden);
  }

  private over(event: DragEvent): void {
    if (!event.dataTransfer?.types.includes(DRAGGED)) return;
    event.preventDefault();
    event.stopPropagation();
    event.dataTransfer.dropEffect = "copy";
  }

  private dropped(event: DragEvent): void {
    const id = event.dataTransfer?.getData(DRAGGED);
    const button = id && this.buttons.find((one) => one.dataset["part"] === id);
    if (!button || button.disabled) return;
    event.preventDefault();
    event.stopPropagation();
    this.put(button, event);
  }
}
