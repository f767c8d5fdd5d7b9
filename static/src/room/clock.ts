/** The clock: paints what is left, tells others what it reads, and says a word when a phase is about to end. */
import { announce } from "../page/announce.ts";
import type { Clock, Config, Phase } from "./protocol.ts";
import { announce as announceKind } from "./news.ts";
import { warning } from "./plan.ts";
import type { RoomSocket } from "./socket.ts";
import { figures, Offset, passed, reading, untilNextSecond, type Reading } from "./time.ts";

/** Who comes back later reads that it ended; nobody talks on for longer, in seconds (interviews/rules/seats.py). */
export const LONGEST_OVERTIME = 3600;

export class RoomClock {
  private clock: Clock;
  private readAt: number;
  private timer: number | undefined;
  private shown: Reading | null = null;
  private readonly offset = new Offset();
  private readonly watchers: ((clock: Clock) => void)[] = [];
  private readonly phaseWatchers: ((phase: Phase | null) => void)[] = [];
  private readonly readers: ((clock: Clock, now: Reading) => void)[] = [];
  private readonly face: Face | null;

  constructor(
    socket: RoomSocket,
    private readonly config: Config,
    place: HTMLElement | null,
  ) {
    this.clock = config.clock;
    this.readAt = config.server_time;
    this.offset.rough(config.server_time, Date.now());
    this.face = place && new Face(place);
    socket.on("hello", ({ clock, server_time }) => this.set(clock, server_time));
    socket.on("clock", ({ clock, server_time }) => this.set(clock, server_time));
    socket.on("pong", ({ at, server_time }) => {
      this.offset.measured(server_time, at, Date.now());
      this.paint();
    });
    socket.on("hello", () => socket.send({ t: "ping", at: Date.now() }));
    document.addEventListener("visibilitychange", () => this.paint());
    this.paint();
  }

  get canEdit(): boolean {
    return this.clock.can_edit && this.now().remaining > 0;
  }

  /** Seconds since the session's start by the server's time, pauses counted, as a replay counts; null before it. */
  get sinceStart(): number | null {
    const { started_at } = this.clock;
    return started_at === null ? null : Math.max(0, (Date.now() + this.offset.value - started_at) / 1000);
  }

  /** Seconds of running time that are left. */
  get remaining(): number {
    return this.now().remaining;
  }

  get state(): Clock["state"] {
    return this.clock.state;
  }

  /** Calls back now and whenever the server says that the clock has changed. */
  onChange(watcher: (clock: Clock) => void): void {
    this.watchers.push(watcher);
    watcher(this.clock);
  }

  /** Calls back now and whenever another phase begins. */
  onPhase(watcher: (phase: Phase | null) => void): void {
    this.phaseWatchers.push(watcher);
    watcher(this.shown?.phase ?? null);
  }

  /** Calls back now and with every reading: once a second while anything moves. */
  onReading(reader: (clock: Clock, now: Reading) => void): void {
    this.readers.push(reader);
    reader(this.clock, this.shown ?? this.now());
  }

  private set(clock: Clock, serverTime: number): void {
    const before = this.clock;
    [this.clock, this.readAt] = [clock, serverTime];
    this.offset.rough(serverTime, Date.now());
    this.paint();
    const more = Math.round((clock.duration - before.duration) / 60);
    if (more > 0) announce(`${more} minutes were added.`);
    if (before.state === clock.state && before.can_edit === clock.can_edit) return;
    announceKind("clock");
    announce(SAID[clock.state]);
    for (const watcher of this.watchers) watcher(clock);
  }

  private now(): Reading {
    return reading(this.clock, this.readAt, Date.now() + this.offset.value);
  }

  private paint(): void {
    clearTimeout(this.timer);
    const now = this.now();
    this.face?.show(now);
    const word = this.shown && warning(this.clock.phases, this.shown, now, this.config.keeps_clock);
    if (word) announce(word);
    const moved = now.phase?.id !== this.shown?.phase?.id;
    this.shown = now;
    if (moved) for (const watcher of this.phaseWatchers) watcher(now.phase);
    for (const reader of this.readers) reader(this.clock, now);
    const wait = this.wait(now);
    if (wait !== null) this.timer = window.setTimeout(() => this.paint(), wait);
  }

  /** Milliseconds until there is something new to paint; null where the clock stands. */
  private wait(now: Reading): number | null {
    if (now.state === "live" && now.remaining > 0) return untilNextSecond(now.remaining);
    if (now.overtime === null || now.overtime >= LONGEST_OVERTIME) return null;
    return 1005 - (now.overtime % 1) * 1000;
  }
}

const SAID: Record<Clock["state"], string> = {
  lobby: "The clock has not started.",
  live: "The clock is running.",
  paused: "The clock is paused.",
  ended: "The session has ended.",
};

/** The figures in the bar: what is left, or how long people have stayed on. */
class Face {
  private readonly figures = document.createElement("span");
  private readonly detail = document.createElement("span");

  constructor(private readonly place: HTMLElement) {
    this.figures.className = "clock-left";
    this.detail.className = "clock-detail";
    place.replaceChildren(this.figures, this.detail);
  }

  show(now: Reading): void {
    this.place.dataset["state"] = now.state;
    const stayed = now.overtime !== null && now.overtime < LONGEST_OVERTIME;
    this.figures.textContent = now.state === "ended" ? (stayed ? passed(now.overtime!) : "Ended") : figures(now.remaining);
    this.detail.textContent = now.state === "ended" ? (stayed ? "since the end" : "") : DETAIL[now.state];
  }
}

const DETAIL = { lobby: "not started", live: "left", paused: "paused" };
