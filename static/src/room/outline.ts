/** The Outline pane: the drawing as text, edits of it, and drawings from elsewhere. The server reads; the board draws. */
import { announce } from "../page/announce.ts";
import { formatOf } from "./format.ts";
import type { Changes, Shape } from "./protocol.ts";
import type { RoomSocket } from "./socket.ts";

/** ms without a change before the board is read again; people draw in bursts. */
const CALM = 1_200;

export interface OutlineActions {
  place: (shapes: readonly Shape[]) => Promise<void>;
  revise: (changes: Changes) => Promise<void>;
}

export class Outline {
  private readonly area: HTMLTextAreaElement;
  private readonly said: HTMLElement;
  private readonly buttons: HTMLButtonElement[];
  private base = "";
  private ids: string[] = [];
  private timer: number | undefined;
  private busy = false;
  private open = false;
  /** The text was put on the board, and what its lines are there is not known yet. */
  private stale = false;

  constructor(
    private readonly root: HTMLElement,
    socket: RoomSocket,
    private readonly actions: OutlineActions,
  ) {
    const pane = root.querySelector<HTMLElement>("#pane-outline")!;
    this.area = pane.querySelector("#outline")!;
    this.said = pane.querySelector("#outline-said")!;
    this.buttons = [...root.querySelectorAll<HTMLButtonElement>("#pane-outline button, [data-starter]")];
    for (const news of ["board.init", "board.ack", "board.delta", "board.seq"] as const) socket.on(news, () => this.later());
    document.body.addEventListener("room:pane-shown", () => void this.refresh());
    this.area.addEventListener("input", () => this.edited());
    this.area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void this.apply();
    });
    pane.querySelector("#outline-apply")?.addEventListener("click", () => void this.apply());
    pane.querySelector("#outline-reset")?.addEventListener("click", () => this.show(this.base, this.ids, ""));
    for (const button of root.querySelectorAll<HTMLButtonElement>("[data-starter]")) {
      button.addEventListener("click", () => void this.begin(button));
    }
    const form = pane.querySelector<HTMLFormElement>("#import");
    form?.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.bringIn(form);
    });
  }

  /** Whether the board takes changes now. */
  enable(yes: boolean): void {
    this.open = yes;
    for (const button of this.buttons) button.disabled = !yes;
    this.mark();
  }

  /** Nothing to change and nothing to undo where the text is the board's; nothing to type until its lines are known. */
  private mark(): void {
    this.area.readOnly = !this.open || this.busy || this.stale;
    for (const id of ["outline-apply", "outline-reset"]) {
      const button = document.getElementById(id) as HTMLButtonElement | null;
      if (button) button.disabled = this.area.readOnly || !this.dirty;
    }
  }

  private get dirty(): boolean {
    return this.area.value !== this.base;
  }

  private edited(): void {
    this.said.textContent = this.dirty ? "Edited. The board still shows what it was." : "";
    this.mark();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.refresh(), CALM);
  }

  /** The board's own outline; not while the person is changing it. */
  private async refresh(): Promise<void> {
    if (this.root.dataset["pane"] !== "outline" || this.dirty || this.busy) return;
    const found = await ask<{ text: string; ids: string[] }>(this.area.dataset["url"]!);
    if (typeof found !== "string") {
      if (!this.dirty) this.show(found.text, found.ids, this.said.textContent ?? "");
      return;
    }
    this.said.textContent = found;
    if (this.stale) this.later();
  }

  private show(text: string, ids: string[], said: string): void {
    const { selectionStart, selectionEnd, scrollTop } = this.area;
    this.base = text;
    this.ids = ids;
    this.stale = false;
    this.area.value = text;
    this.said.textContent = said;
    if (document.activeElement === this.area) this.area.setSelectionRange(selectionStart, selectionEnd);
    this.area.scrollTop = scrollTop;
    this.mark();
  }

  private async apply(): Promise<void> {
    if (!this.dirty || this.area.readOnly || this.busy) return;
    const text = this.area.value;
    const body = JSON.stringify({ text, base: this.base, ids: this.ids });
    const changes = await this.asked(this.said, this.area.dataset["revise"]!, body);
    if (!changes) return;
    await this.actions.revise(changes);
    this.base = text;
    this.stale = true;
    this.mark();
    this.said.textContent = `The board is changed${left(changes)}. Ctrl+Z on the board takes it back.`;
    this.later();
  }

  private async bringIn(form: HTMLFormElement): Promise<void> {
    const said = form.querySelector<HTMLElement>("#import-said")!;
    const [file] = form.querySelector<HTMLInputElement>("input[type=file]")!.files ?? [];
    const pasted = form.querySelector("textarea")!.value;
    if (!file && !pasted.trim()) {
      said.textContent = "Choose a file or paste a text first.";
      return;
    }
    const drawing = file ?? new Blob([pasted]);
    const body = new FormData();
    body.set("format", formatOf(file?.name ?? "", await drawing.slice(0, 2_000).text()));
    body.set("drawing", drawing, "drawing");
    const changes = await this.asked(said, form.action, body);
    if (!changes) return;
    await this.put(changes, said);
    form.reset();
  }

  private async begin(button: HTMLButtonElement): Promise<void> {
    const changes = await this.asked(this.said, button.dataset["starter"]!);
    if (changes) await this.put(changes, this.said);
  }

  private async put(changes: Changes, said: HTMLElement): Promise<void> {
    document.dispatchEvent(new CustomEvent("room:pane", { detail: "board" }));
    await this.actions.place(changes.added);
    said.textContent = `It is on the board${left(changes)}. Ctrl+Z on the board takes it back.`;
    announce(said.textContent);
  }

  /** What the server makes of it; null, with the reason said, where it refuses. One question at a time. */
  private async asked(said: HTMLElement, url: string, body?: BodyInit): Promise<Changes | null> {
    if (this.busy) return null;
    this.busy = true;
    this.mark();
    said.textContent = "Reading…";
    const answer = await ask<Changes>(url, body);
    this.busy = false;
    this.mark();
    if (typeof answer !== "string") return answer;
    said.textContent = answer;
    announce(answer);
    return null;
  }
}

function left({ left_out, skipped }: Changes): string {
  const words = [];
  if (left_out) words.push(`pictures and embeds were left out: ${left_out}`);
  if (skipped) words.push(`edits of what somebody has taken away meanwhile were left out: ${skipped}`);
  return words.length ? `; ${words.join("; ")}` : "";
}

/** The answer, or in words why there is none. */
async function ask<T>(url: string, body?: BodyInit): Promise<T | string> {
  const headers: Record<string, string> = { "X-CSRFToken": token() };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(url, body === undefined ? {} : { method: "POST", body, headers });
    if (answer.ok) return (await answer.json()) as T;
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
    return problem.detail ?? "The server did not understand this. Nothing was changed.";
  } catch {
    return "No connection. Nothing was changed; try again.";
  }
}

function token(): string {
  const headers = JSON.parse(document.body.getAttribute("hx-headers") ?? "{}") as Record<string, string>;
  return headers["X-CSRFToken"] ?? "";
}
