/** Where the room is, and how to ask by plain HTTP whether one may still be there. */
import type { Final } from "./backoff.ts";
import type { Config } from "./protocol.ts";

/** Ask for a little more than what was missed: merging twice is harmless, and two servers may announce out of order. */
const MARGIN = 200;

export function socketUrl(config: Config, seq: number, heard: Config["heard"]): string {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  const known = new URLSearchParams({ shared: `${heard.shared ?? 0}`, private: `${heard.private ?? 0}` });
  return `${scheme}//${location.host}${config.socket}?since=${Math.max(0, seq - MARGIN)}&${known}`;
}

/** A refused handshake says nothing to a script; the page's own address does. */
export async function askServer(): Promise<Final | null> {
  const answer = await fetch(location.pathname, { redirect: "manual", headers: { Accept: "text/html" } });
  if (answer.type === "opaqueredirect") return "logged_out";
  return answer.status === 403 || answer.status === 404 ? "seat_lost" : null;
}
