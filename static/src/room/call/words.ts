/** What the call says of itself. */
import type { Refusal } from "./call.ts";
import type { Link } from "./peer.ts";
import type { Mic } from "./signals.ts";

/** Beside a person's name in their tile. */
export function standing(link: Link | null, mic: Mic): string {
  if (link === null) return "in the call";
  if (link === "connecting") return "connecting…";
  if (link === "lost") return "not connected";
  return mic === "none" ? "no microphone" : mic === "off" ? "muted" : "";
}

/** What a screen reader hears when somebody's standing changes; null where it is no news. */
export function spoken(name: string, before: string | undefined, now: string): string | null {
  if (before === now) return null;
  if (now === "muted") return `${name} is muted.`;
  if (now === "" && before === "muted") return `${name} is not muted any more.`;
  if (now === "" || now === "no microphone") return `${name} is connected${now ? `, with ${now}` : ""}.`;
  return now === "in the call" ? `${name} is in the call.` : null;
}

export function refused(reason: Refusal): string {
  if (reason === "no_servers") return "The call could not be set up: the server did not answer. Try again, or use the chat.";
  return "This server has no relay, so a call would show your address to the others. Use the chat, share a link to your own call, or join without hiding it.";
}

/** After a while without a way to somebody. */
export function noWay(name: string, relays: boolean): string {
  const why = relays ? "not even by the relay" : "and this server has no relay";
  return `There is no way to ${name} yet, ${why}. It is tried again; meanwhile use the chat, or share a link to your own call.`;
}
