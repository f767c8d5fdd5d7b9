/**
 * Messages on their way into the chat. Pure state: what the server has not acknowledged is kept, and said again, under
 * the same `ref`, after each connection; the server keeps what it is told twice once.
 */
export interface Unsent {
  ref: number;
  text: string;
  /** Why it will not be sent as it is; null while it is on its way. */
  refusal: string | null;
}

/** Refusals that pass by themselves. */
const PASSING = ["too_often", "unavailable"];

export class Outbox {
  private waiting: (Unsent & { underWay: boolean })[];

  constructor(kept: Unsent[] = []) {
    this.waiting = kept.map((one) => ({ ...one, underWay: false }));
  }

  get unsent(): Unsent[] {
    return this.waiting.map(({ ref, text, refusal }) => ({ ref, text, refusal }));
  }

  /** How many are still on their way. */
  get pending(): number {
    return this.waiting.filter(({ refusal }) => refusal === null).length;
  }

  add(ref: number, text: string): void {
    this.waiting.push({ ref, text, refusal: null, underWay: false });
  }

  /** The next to send, which is then under way; one at a time, so that they arrive in their order. */
  take(): { ref: number; text: string } | null {
    if (this.waiting.some(({ underWay }) => underWay)) return null;
    const next = this.waiting.find(({ refusal }) => refusal === null);
    if (!next) return null;
    next.underWay = true;
    return { ref: next.ref, text: next.text };
  }

  /** Sending failed, or the connection is gone: everything will be said again. */
  disconnected(): void {
    for (const one of this.waiting) one.underWay = false;
  }

  ack(ref: number): void {
    this.waiting = this.waiting.filter((one) => one.ref !== ref);
  }

  /** Returns after how many seconds to try again, null where that is of no use. */
  reject(ref: number, code: string, message: string, retryAfter = 5): number | null {
    const one = this.waiting.find((each) => each.ref === ref);
    if (!one) return null;
    one.underWay = false;
    if (PASSING.includes(code)) return retryAfter;
    one.refusal = message;
    return null;
  }

  /** Takes a message out, to be written anew; its text. */
  withdraw(ref: number): string {
    const text = this.waiting.find((one) => one.ref === ref)?.text ?? "";
    this.ack(ref);
    return text;
  }
}
