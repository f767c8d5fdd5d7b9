/** Paints the clock: what is left, the plan as one line, and a word when a phase is about to end. */
import { announce } from "../page/announce.ts";
import type { Clock, Config, Phase } from "./protocol.ts";
import type { RoomSocket } from "./socket.ts";
import { figures, Offset, reading, untilNextSecond, warning, type Reading } from "./time.ts";

const SOON = 60;

export class RoomClock {
  private clock: Clock;
  private readAt: number;
  private timer: number | undefined;
  private shown: Reading | null = null;
  private readonly offset = new Offset();
  private readonly watchers: ((clock: Clock) => void)[] = [];
  private readonly phaseWatchers: ((phase: Phase | null) => void)[] = [];
  private readonly face: Face | null;

  constructor(socket: RoomSocket, config: Config, place: HTMLElement | null) {
    this.clock = config.clock;
    this.readAt = config.server_time;
    this.offset.rough(config.server_time, Date.now());
    this.face = place && new Face(place, this.clock.phases);
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

  private set(clock: Clock, serverTime: number): void {
    const before = this.clock;
    [this.clock, this.readAt] = [clock, serverTime];
    this.offset.rough(serverTime, Date.now());
    this.paint();
    if (before.state === clock.state && before.can_edit === clock.can_edit) return;
    document.body.dispatchEvent(new CustomEvent("room:clock"));
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
    const word = this.shown && warning(this.shown, now);
    if (word) announce(word);
    const moved = now.phase?.id !== this.shown?.phase?.id;
    this.shown = now;
    if (moved) for (const watcher of this.phaseWatchers) watcher(now.phase);
    if (now.state === "live" && now.remaining > 0) {
      this.timer = window.setTimeout(() => this.paint(), untilNextSecond(now.remaining));
    }
  }
}

const SAID: Record<Clock["state"], string> = {
  lobby: "The clock has not started.",
  live: "The clock is running.",
  paused: "The clock is paused.",
  ended: "The session has ended.",
};

class Face {
  private readonly left = make("span", "clock-left");
  private readonly name = make("b", "");
  private readonly detail = make("span", "");
  private readonly bars: HTMLElement[];

  constructor(
    private readonly place: HTMLElement,
    private readonly phases: Phase[],
  ) {
    const now = make("div", "clock-now", this.name, this.detail);
    this.bars = phases.map((phase) => {
      const bar = make("span", "clock-phase", make("i", ""));
      bar.style.flexGrow = String(phase.end - phase.start);
      bar.title = `${phase.name}: ${Math.round((phase.end - phase.start) / 60)} min`;
      return bar;
    });
    const track = make("div", "clock-track", ...this.bars);
    track.setAttribute("aria-hidden", "true");
    place.replaceChildren(this.left, make("div", "clock-plan", now, track));
  }

  show(now: Reading): void {
    this.place.dataset["state"] = now.state;
    this.place.dataset["soon"] = String(now.state === "live" && now.phaseLeft <= SOON);
    this.left.textContent = now.state === "ended" ? "Ended" : figures(now.remaining);
    this.name.textContent = now.state === "ended" ? "The session is over" : (now.phase?.name ?? "Not started");
    this.detail.textContent = detail(now);
    this.phases.forEach((phase, at) => {
      const share = Math.min(1, Math.max(0, (now.elapsed - phase.start) / (phase.end - phase.start)));
      (this.bars[at]!.firstElementChild as HTMLElement).style.width = `${share * 100}%`;
      this.bars[at]!.dataset["now"] = String(now.phase?.id === phase.id && now.state !== "ended");
    });
  }
}

function detail(now: Reading): string {
  if (now.state === "lobby") return `${Math.round(now.remaining / 60)} minutes planned`;
  if (now.state === "paused") return "paused";
  return now.state === "live" ? `${figures(now.phaseLeft)} left here` : "";
}

function make(tag: string, name: string, ...children: Node[]): HTMLElement {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}
