/** A text area that saves itself: what is typed is sent after a pause, and kept on this device until it is saved. */
import { NoteState, type NoteFace, type Save } from "./note-state.ts";
import type { Text } from "./protocol.ts";
import type { Keeper } from "./saved.ts";

const PAUSE = 300;
/** Who types without a pause is saved all the same. */
const AT_LEAST_EVERY = 2_000;

const SAID: Record<NoteFace, string> = {
  saved: "Saved",
  saving: "Saving…",
  offline: "Offline. Kept here, will be sent.",
  closed: "The clock is not running. Kept here, sent when it runs.",
  conflict: "Changed in another window. Both texts are kept; choose below.",
  refused: "",
};

export interface NotePlaces {
  area: HTMLTextAreaElement;
  state: HTMLElement | null;
  conflict: HTMLElement | null;
}

export interface NoteLine {
  send: (save: Save) => boolean;
  online: () => boolean;
  /** Whether the server takes writing now. */
  open: () => boolean;
}

export class NoteBox implements Keeper {
  private readonly state: NoteState;
  private timer: number | undefined;
  private typedSince: number | null = null;

  constructor(
    private readonly places: NotePlaces,
    private readonly line: NoteLine,
    server: Text,
    private readonly key: string,
  ) {
    this.state = new NoteState(server);
    const kept = recall(key);
    // A browser may refill the area after a reload; the server's copy and our own memory are what counts.
    if (kept) this.state.restore(kept);
    this.fill();
    places.area.addEventListener("input", () => this.typed());
    places.area.addEventListener("blur", () => this.push());
    this.paint();
  }

  get text(): string {
    return this.state.text;
  }

  unsaved(): number {
    return this.state.isSaved ? 0 : 1;
  }

  push(): void {
    clearTimeout(this.timer);
    this.typedSince = null;
    if (this.line.online() && this.line.open()) {
      const save = this.state.take();
      if (save && !this.line.send(save)) {
        this.state.disconnected();
        this.timer = window.setTimeout(() => this.push(), PAUSE);
      }
    }
    this.paint();
  }

  greet(server: Text): void {
    this.state.greet(server);
    this.fill();
    this.push();
  }

  disconnected(): void {
    this.state.disconnected();
    this.paint();
  }

  reopened(): void {
    this.state.reopen();
    this.push();
  }

  acked(ref: number, version: number): void {
    this.state.ack(ref, version);
    this.push();
  }

  rejected(ref: number, code: string, message: string, server: Text | null): void {
    this.state.reject(ref, code, message, server);
    this.paint();
  }

  changed(server: Text): void {
    if (this.state.changed(server)) this.fill();
    this.paint();
  }

  readOnly(yes: boolean): void {
    this.places.area.readOnly = yes;
    this.paint();
  }

  private typed(): void {
    this.state.type(this.places.area.value);
    this.typedSince ??= performance.now();
    clearTimeout(this.timer);
    const left = AT_LEAST_EVERY - (performance.now() - this.typedSince);
    this.timer = window.setTimeout(() => this.push(), Math.max(0, Math.min(PAUSE, left)));
    this.paint();
  }

  private fill(): void {
    const { area } = this.places;
    if (area.value === this.state.text) return;
    const [start, end] = [area.selectionStart, area.selectionEnd];
    area.value = this.state.text;
    area.setSelectionRange(start, end);
    area.dispatchEvent(new CustomEvent("note:filled", { bubbles: true }));
  }

  private paint(): void {
    const face = this.state.face(this.line.online(), this.line.open());
    const { state, conflict } = this.places;
    if (this.state.isSaved) forget(this.key);
    else remember(this.key, { text: this.state.text, base: this.state.base });
    if (state) {
      const words = face === "saved" && !this.state.text ? "" : face === "refused" ? this.state.refusal : SAID[face];
      if (state.textContent !== words) state.textContent = words;
      state.dataset["tone"] = face === "saved" || face === "saving" ? "" : "warn";
    }
    if (conflict) this.paintConflict(conflict);
  }

  private paintConflict(box: HTMLElement): void {
    const { theirs } = this.state;
    if (!theirs) return box.replaceChildren(), void (box.hidden = true);
    if (!box.hidden) return;
    const text = document.createElement("pre");
    text.textContent = theirs.text || "(empty)";
    const heading = document.createElement("p");
    heading.textContent = "The other window saved this; yours stands above.";
    box.replaceChildren(heading, text, ...this.choices());
    box.hidden = false;
  }

  private choices(): HTMLElement[] {
    const choices = { mine: "Keep mine", theirs: "Take the other", both: "Keep both" } as const;
    return Object.entries(choices).map(([choice, words]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-sm";
      button.textContent = words;
      button.addEventListener("click", () => {
        this.state.resolve(choice as keyof typeof choices);
        this.fill();
        this.push();
        this.places.area.focus();
      });
      return button;
    });
  }
}

/** Session storage: it survives a reload and ends with the tab, and holds only what was not acknowledged. */
function remember(key: string, kept: { text: string; base: number }): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    // Storage is off or full: the text is still on the page.
  }
}

function recall(key: string): { text: string; base: number } | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "null");
    const { text, base } = (kept ?? {}) as { text?: unknown; base?: unknown };
    return typeof text === "string" && typeof base === "number" ? { text, base } : null;
  } catch {
    return null;
  }
}

function forget(key: string): void {
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Nothing was kept then.
  }
}
