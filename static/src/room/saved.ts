/** What of this page the server has not acknowledged, in one chip; and a warning before leaving with any of it. */
import { announce } from "../page/announce.ts";
import type { RoomSocket, Link } from "./socket.ts";

export interface Keeper {
  /** How many things wait for the server's word. */
  unsaved(): number;
  /** Sends what can be sent, now. */
  push(): void;
}

const REPAINT = 250;

export class Saved {
  private readonly keepers: Keeper[] = [];
  private leaving = false;
  private told: Link = "connecting";

  constructor(
    private readonly socket: RoomSocket,
    private readonly chip: HTMLElement | null,
  ) {
    // It changes with every stroke; a screen reader hears only when the connection goes and comes back.
    chip?.setAttribute("aria-live", "off");
    socket.onLink((link) => {
      this.paint();
      const word = spoken(this.told, link);
      if (word) announce(word);
      if (link !== "connecting") this.told = link;
    });
    setInterval(() => this.paint(), REPAINT);
    window.addEventListener("beforeunload", (event) => {
      if (!this.leaving && this.unsaved()) event.preventDefault();
    });
  }

  add(keeper: Keeper): void {
    this.keepers.push(keeper);
  }

  unsaved(): number {
    return this.keepers.reduce((sum, keeper) => sum + keeper.unsaved(), 0);
  }

  /** Resolves to true as soon as everything is acknowledged, to false after `most` ms. */
  async flush(most = 4_000): Promise<boolean> {
    const until = performance.now() + most;
    while (performance.now() < until) {
      for (const keeper of this.keepers) keeper.push();
      if (!this.unsaved()) return true;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return this.unsaved() === 0;
  }

  /** Somebody else takes the page away, with everything saved or given up. */
  leave(): void {
    this.leaving = true;
  }

  /** Goes to another page once what can be saved is saved. */
  async leaveFor(url: string): Promise<void> {
    if (this.leaving) return;
    await this.flush(1_500);
    this.leave();
    location.assign(url);
  }

  private paint(): void {
    if (!this.chip) return;
    const [tone, words] = chip(this.socket.link, this.unsaved());
    if (this.chip.dataset["tone"] !== tone) this.chip.dataset["tone"] = tone;
    if (this.chip.textContent !== words) this.chip.textContent = words;
  }
}

/** The chip's tone and words. */
export function chip(link: Link, unsaved: number): [tone: string, words: string] {
  if (link === "open") return unsaved ? ["busy", `Saving ${unsaved}`] : ["good", "All changes saved"];
  if (link === "logged_out") return ["warn", unsaved ? `Logged out: ${unsaved} kept here` : "Logged out"];
  if (link === "seat_lost") return ["warn", unsaved ? `No seat: ${unsaved} not saved` : "No seat"];
  if (link === "connecting" && !unsaved) return ["busy", "Connecting"];
  return ["warn", unsaved ? `Offline: ${unsaved} kept here` : "Offline: all changes saved"];
}

/** What to say aloud when the connection changes; null when it is no news. */
export function spoken(before: Link, now: Link): string | null {
  if (now === "offline" && before === "open") return "The connection is lost. What you do is kept here and will be sent.";
  return now === "open" && before === "offline" ? "Connected again." : null;
}
