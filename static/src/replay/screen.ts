/** The parts of the page that follow the second: what the server drew, the bar's figures, the ribbon. */
import { minutes, type Film } from "./film.ts";

const PARTS = ["replay-board", "replay-activity", "replay-notes"];

/** Asks the server for a moment; throws where the answer is none. */
export async function ask(second: number): Promise<string> {
  const answer = await fetch(`?t=${second}`, {
    headers: { "HX-Request": "true" },
    signal: AbortSignal.timeout(15_000),
  });
  // Logged out: the page itself asks to log in and then leads back here.
  if (answer.redirected) location.reload();
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
  return answer.text();
}

/** Puts each part in the place of the one before it, and the focus back to where it was. */
export function show(root: HTMLElement, frame: string): void {
  const template = document.createElement("template");
  template.innerHTML = frame;
  for (const id of PARTS) {
    const old = document.getElementById(id);
    const part = template.content.getElementById(id);
    if (!old || !part) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(part);
    if (focused) refocus(root, part, focused.getAttribute("href"));
  }
}

function refocus(root: HTMLElement, part: HTMLElement, href: string | null): void {
  const same = [...part.querySelectorAll<HTMLElement>("a")].find((link) => link.getAttribute("href") === href);
  (same ?? root).focus({ preventScroll: true });
}

/** The bar and the ribbon. */
export class Dial {
  private readonly slider: HTMLInputElement;
  private readonly needles: NodeListOf<Element>;
  private readonly phases: HTMLElement[];
  private whole = -1;

  constructor(
    private readonly root: HTMLElement,
    private readonly film: Film,
    slider: HTMLInputElement,
  ) {
    this.slider = slider;
    this.needles = root.querySelectorAll(".ribbon-now");
    this.phases = [...root.querySelectorAll<HTMLElement>(".ribbon th > a")];
  }

  /** `position` is where the needles point, in seconds; figures show the whole second. */
  paint(position: number): void {
    for (const needle of this.needles) {
      needle.setAttribute("x1", String(position));
      needle.setAttribute("x2", String(position));
    }
    const whole = Math.floor(position);
    if (whole === this.whole) return;
    this.whole = whole;
    this.slider.value = String(whole);
    this.slider.setAttribute("aria-valuetext", this.film.words(whole));
    const name = this.film.phaseName(whole);
    this.write("[data-time]", minutes(whole));
    this.write("[data-phase]", name && `, ${name}`);
    const phase = this.film.phase(whole);
    this.phases.forEach((link, at) => {
      if (at === phase) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    for (const link of this.root.querySelectorAll<HTMLElement>("a[data-by]")) {
      link.setAttribute("href", `?t=${this.film.within(whole + Number(link.dataset["by"]))}`);
    }
  }

  private write(selector: string, text: string): void {
    const place = this.root.querySelector(selector);
    if (place) place.textContent = text;
  }
}
