/**
 * One note between this page and the server: what is typed, what is saved, what is under way. Pure state.
 *
 * Text that the server has not acknowledged is never thrown away: a conflict keeps both texts until a person chooses.
 */
import type { Text } from "./protocol.ts";

export type NoteFace = "saved" | "saving" | "offline" | "closed" | "conflict" | "refused";

export interface Save {
  ref: number;
  text: string;
  base: number;
}

export class NoteState {
  text: string;
  /** What the server wrote in between, when both sides changed. */
  theirs: Text | null = null;
  /** The server's words when it refused for another reason. */
  refusal: string | null = null;
  private saved: string;
  private version: number;
  private underWay: Save | null = null;
  /** The text of the last save that was sent and not answered; the server may hold it. */
  private unanswered: string | null = null;
  private nextRef = 1;
  private waits = false;

  constructor(server: Text) {
    this.text = this.saved = server.text;
    this.version = server.version;
  }

  /** The version on which the unsaved text stands. */
  get base(): number {
    return this.version;
  }

  get isSaved(): boolean {
    return this.text === this.saved;
  }

  type(text: string): void {
    this.text = text;
    this.refusal = null;
  }

  /** Text that an earlier page kept because it was not acknowledged. */
  restore(kept: { text: string; base: number }): void {
    if (kept.text === this.saved) return;
    if (kept.base !== this.version) this.theirs = { text: this.saved, version: this.version };
    this.text = kept.text;
  }

  /** The save to send now, if there is one; then it is under way. One at a time keeps versions in order. */
  take(): Save | null {
    if (this.isSaved || this.underWay || this.theirs || this.refusal || this.waits) return null;
    this.underWay = { ref: this.nextRef++, text: this.text, base: this.version };
    this.unanswered = this.text;
    return this.underWay;
  }

  /** Sending failed, or the connection is gone. */
  disconnected(): void {
    this.underWay = null;
  }

  /** The server's copy on each connection: it tells whether a save whose answer was lost has arrived. */
  greet(server: Text): void {
    this.underWay = null;
    this.waits = false;
    this.meet(server);
  }

  ack(ref: number, version: number): void {
    if (this.underWay?.ref !== ref) return;
    this.saved = this.underWay.text;
    this.version = version;
    this.underWay = null;
  }

  reject(ref: number, code: string, message: string, server: Text | null): void {
    if (this.underWay?.ref !== ref) return;
    this.underWay = null;
    if (code === "stale" && server) this.meet(server);
    else if (code === "closed") this.waits = true;
    else this.refusal = message;
  }

  /** The note was saved by this page or by another window. Returns whether the shown text must change. */
  changed(server: Text): boolean {
    if (server.version <= this.version) return false;
    if (server.text === this.underWay?.text || this.isSaved) {
      const adopt = this.isSaved && server.text !== this.text;
      [this.saved, this.version] = [server.text, server.version];
      if (adopt) this.text = server.text;
      return adopt;
    }
    return false; // the next save will be told that it is stale, with both texts
  }

  /** The clock runs again. */
  reopen(): void {
    this.waits = false;
  }

  resolve(choice: "mine" | "theirs" | "both"): void {
    if (!this.theirs) return;
    [this.saved, this.version] = [this.theirs.text, this.theirs.version];
    if (choice === "theirs") this.text = this.theirs.text;
    if (choice === "both") this.text = `${this.theirs.text.trimEnd()}\n\n${this.text}`;
    this.theirs = null;
  }

  face(online: boolean, open: boolean): NoteFace {
    if (this.theirs) return "conflict";
    if (this.isSaved) return "saved";
    if (this.refusal) return "refused";
    if (!online) return "offline";
    return !open || this.waits ? "closed" : "saving";
  }

  /** Takes over the server's copy; a conflict if it is neither what we knew, nor what we wrote. */
  private meet(server: Text): void {
    const ours = [this.saved, this.text, this.unanswered].includes(server.text);
    if (this.isSaved) this.text = server.text;
    else if (!ours) this.theirs = server;
    [this.saved, this.version] = [server.text, server.version];
  }
}
