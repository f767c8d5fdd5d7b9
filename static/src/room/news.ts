/**
 * What has happened in the session. The fragments of the page listen on the body for `room:<kind>` (say `room:started`)
 * and fetch themselves; the socket may say one thing twice, and each is announced once.
 */
import type { Config, Happening } from "./protocol.ts";

const REMEMBERED = 500;

export class News {
  private known = new Set<string>();

  constructor(readonly heard: Config["heard"]) {}

  /** The kinds of what is new among these events, each once, in the order of the log. */
  take(events: Happening[]): string[] {
    const fresh = events.filter(([log, id]) => id > 0 && !this.known.has(`${log} ${id}`)).sort((a, b) => a[1] - b[1]);
    for (const [log, id] of fresh) {
      this.known.add(`${log} ${id}`);
      this.heard[log] = Math.max(this.heard[log] ?? 0, id);
    }
    this.known = new Set([...this.known].slice(-REMEMBERED));
    return [...new Set(fresh.map(([, , kind]) => kind))];
  }
}

export function announce(kind: string): void {
  document.body.dispatchEvent(new CustomEvent(`room:${kind}`));
}
