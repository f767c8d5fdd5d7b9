/** Notes formatted: a switch per step, rendered by the server; who reads along sees it follow the typing. */
import htmx from "htmx.org";

/** ms without a change before a note is rendered again. */
const CALM = 800;

export class Preview {
  private timer: number | undefined;
  private on = false;

  /** `written` is the area or the live text that the preview takes the place of. */
  constructor(
    private readonly button: HTMLButtonElement,
    private readonly place: HTMLElement,
    private readonly written: HTMLElement,
    private readonly text: () => string,
  ) {
    button.addEventListener("click", () => this.turn(!this.on));
  }

  /** The text has changed. */
  changed(): void {
    if (!this.on) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.render(), CALM);
  }

  /** Back to the text as it is written. */
  off(): void {
    if (this.on) this.turn(false);
  }

  private turn(on: boolean): void {
    this.on = on;
    this.button.setAttribute("aria-pressed", String(on));
    this.place.hidden = !on;
    this.written.hidden = on;
    if (on) this.render();
  }

  private render(): void {
    const url = this.button.dataset["preview"]!;
    void htmx.ajax("post", url, { target: this.place, swap: "innerHTML", values: { text: this.text() } });
  }
}
