/** The palette: real buttons, so that keyboard and screen reader reach what the canvas hides from them. */
import { announce } from "../page/announce.ts";
import { GROUPS, type Part } from "./parts.ts";

export interface PaletteActions {
  insert: (part: Part) => Promise<void>;
  /** Joins the two selected parts by an arrow; false if there are not two. */
  connect: () => boolean;
}

export class Palette {
  private readonly buttons: HTMLButtonElement[] = [];

  constructor(place: HTMLElement, actions: PaletteActions) {
    const join = this.button("Connect two parts", () => {
      announce(actions.connect() ? "Connected." : "Select two parts first, then connect them.");
    });
    join.title = "Select two parts (Shift+click), then connect them: the arrow goes from the first to the second";
    place.replaceChildren(join, ...GROUPS.flatMap(({ name, parts }) => [heading(name), ...parts.map((one) => this.part(one, actions))]));
    place.addEventListener("keydown", (event) => this.move(event));
    this.rove(join);
  }

  enable(yes: boolean): void {
    for (const button of this.buttons) button.disabled = !yes;
  }

  private part(part: Part, actions: PaletteActions): HTMLButtonElement {
    const button = this.button(part.label, () => {
      void actions.insert(part).then(() => announce(`${part.label} is on the board.`));
    });
    button.dataset["part"] = part.id;
    button.dataset["loop"] = part.loop;
    button.dataset["shape"] = part.look;
    button.title = part.look === "frame" ? `An area named ${part.label}` : `Put "${part.label}" on the board`;
    return button;
  }

  private button(words: string, act: () => void): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "palette-part";
    button.textContent = words;
    button.disabled = true;
    button.addEventListener("click", act);
    button.addEventListener("focus", () => this.rove(button));
    this.buttons.push(button);
    return button;
  }

  /** One stop for the Tab key; arrows go on from there. */
  private rove(to: HTMLButtonElement): void {
    for (const button of this.buttons) button.tabIndex = button === to ? 0 : -1;
  }

  private move(event: KeyboardEvent): void {
    const at = this.buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    this.buttons[(at + step + this.buttons.length) % this.buttons.length]!.focus();
  }
}

function heading(words: string): HTMLElement {
  const element = document.createElement("p");
  element.className = "palette-group";
  element.textContent = words;
  return element;
}
