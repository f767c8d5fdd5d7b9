/** What the room's socket says, in both directions: one JSON object a frame, told apart by `t`. */

import type { Signal } from "./call/signals.ts";

export type Role = "candidate" | "interviewer" | "observer";

export interface Phase {
  id: string;
  name: string;
  /** Seconds of running time. */
  start: number;
  end: number;
}

/** A reading of the session's clock: times in ms since 1970, spans in seconds at the message's `server_time`. */
export interface Clock {
  state: "lobby" | "live" | "paused" | "ended";
  started_at: number | null;
  deadline_at: number | null;
  paused_at: number | null;
  ended_at: number | null;
  elapsed: number;
  remaining: number | null;
  duration: number;
  phases: Phase[];
  can_edit: boolean;
  end_reason: string | null;
}

export interface Person {
  seat: number;
  role: Role;
  /** The seat in words; in a panel with its part. */
  called: string;
  name: string;
  color: string;
  online: boolean;
  step: string | null;
}

export type You = Pick<Person, "seat" | "role" | "called" | "name" | "color">;

export interface Text {
  text: string;
  version: number;
}

/** A shape of the board as it travels: the keys that merging reads, and whatever else Excalidraw put there. */
export interface Shape {
  id: string;
  type: string;
  version: number;
  versionNonce: number;
  index?: string | null;
  isDeleted: boolean;
}

/** What an import or an edited outline asks of the board: whole new shapes, keys that change, and what goes. */
export interface Changes {
  added: Shape[];
  changed: Record<string, object>;
  removed: string[];
  left_out: number;
  skipped: number;
}

export interface PointerState {
  x: number;
  y: number;
  tool: "pointer" | "laser";
  button: "up" | "down";
  selected: string[];
  /** What this person sees of the scene, for those who follow: x, y, width, height. */
  view?: View | null;
}

export type View = [x: number, y: number, width: number, height: number];

/** An element as it was sent that stands on the board: id, version, versionNonce. */
export type Accepted = [string, number, number];

interface Reject {
  ref: number;
  code: string;
  message: string;
  /** Seconds after which it is worth trying again, where that is known. */
  retry_after?: number;
}

/** An event of the session: the log that has it, its id there, and what kind of thing happened. */
export type Happening = [log: Log, id: number, kind: string];
export type Log = "shared" | "private";

export interface Incoming {
  hello: { server_time: number; you: You; clock: Clock; notes: Record<string, Text>; private?: Text; presence: Person[] };
  "board.init": { seq: number; full: boolean; elements: Shape[] };
  "board.ack": { ref: number; seq: number; accepted: Accepted[]; elements: Shape[] };
  /** With `accepted`: some of it had been stored before, by a message whose answer was lost. */
  "board.reject": Reject & { accepted?: Accepted[] };
  /** With `ahead`: relayed before its commit, to be that delta of the log; `seq` is the last one committed by then. */
  "board.delta": { seq: number; ahead?: number; by: number | null; elements: Shape[] };
  /** How far the log has come. */
  "board.seq": { seq: number };
  pointer: PointerState & { seat: number };
  "notes.ack": { ref: number; step: string; version: number };
  "notes.reject": Reject & { step: string; text?: string; version?: number };
  "notes.changed": { step: string; text: string; version: number; seat: number };
  "private.ack": { ref: number; version: number };
  "private.reject": Reject & { text?: string; version?: number };
  "chat.ack": { ref: number; message: number };
  "chat.reject": Reject;
  signal: { from: number; data: Signal };
  presence: { people: Person[] };
  clock: { server_time: number; clock: Clock };
  pong: { at: number; server_time: number };
  ended: { reason: string; report_url: string };
  news: { events: Happening[] };
  error: { code: string; message: string };
}

export type Outgoing =
  | { t: "board.delta"; ref: number; elements: readonly Shape[] }
  | ({ t: "pointer" } & PointerState)
  | { t: "notes.save"; ref: number; step: string; text: string; base: number }
  | { t: "private.save"; ref: number; text: string; base: number }
  | { t: "chat.say"; ref: number; text: string }
  | { t: "presence.step"; step: string }
  | { t: "ping"; at: number };

/** What the page hands to the modules, in `#room-config`. */
export interface Config {
  session: string;
  socket: string;
  report_url: string;
  login_url: string;
  home_url: string;
  you: You;
  /** Whether this seat may draw on the board while the clock runs. */
  draws: boolean;
  /** The tabs of the notes, and the phase of the plan that each belongs to. */
  steps: { id: string; name: string; phase: string }[];
  /** Whether this seat runs the clock, and so is told the time to the second. */
  keeps_clock: boolean;
  notes: Record<string, Text>;
  private?: Text;
  server_time: number;
  clock: Clock;
  /** The newest event, when this page was made, of each log that this seat may know of. */
  heard: Partial<Record<Log, number>>;
}
