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

/** How many kinds were announced so far, and the count at each one's last time. */
let count = 0;
const last = new Map<string, number>();

export function announce(kind: string): void {
  last.set(kind, ++count);
  tell(kind);
}

function tell(kind: string): void {
  document.body.dispatchEvent(new CustomEvent(`room:${kind}`));
}

/** The kinds in this `hx-trigger` that were announced after the first `since` announcements. */
export function missed(trigger: string, since: number): string[] {
  return [...trigger.matchAll(/room:([\w-]+)/g)].map((found) => found[1]!).filter((kind) => (last.get(kind) ?? 0) > since);
}

/**
 * Has a fragment fetch itself once more where something happened while an answer for its place was under way: that
 * answer may be older, and the element that heard of it is gone with what it had put off.
 */
export function startFreshening(): void {
  const began = new WeakMap<object, number>();
  const on = (name: string, act: (request: object, place: Element) => void) =>
    document.addEventListener(name, (event) => {
      const { requestConfig, elt } = (event as CustomEvent<{ requestConfig?: object; elt: Element }>).detail;
      if (requestConfig) act(requestConfig, elt);
    });
  on("htmx:beforeRequest", (request) => began.set(request, count));
  on("htmx:afterSettle", (request, place) => {
    const listening = [place, ...place.querySelectorAll("[hx-trigger]")].map((one) => one.getAttribute("hx-trigger") ?? "");
    const since = began.get(request) ?? count;
    for (const kind of new Set(listening.flatMap((trigger) => missed(trigger, since)))) tell(kind);
  });
}
