/** The arithmetic of the clock: pure, so that two browsers that know the same facts show the same second. */
import type { Clock, Phase } from "./protocol.ts";

export interface Reading {
  state: Clock["state"];
  /** Seconds of running time. */
  elapsed: number;
  remaining: number;
  phase: Phase | null;
  phaseLeft: number;
  /** Seconds since the session ended; null while it has not. Nothing counts any more, people talk on. */
  overtime: number | null;
}

/** `clock` was read by the server at `readAt`; what does it show at `now`? Both in ms of the server's time. */
export function reading(clock: Clock, readAt: number, now: number): Reading {
  const ran = clock.state === "live" ? Math.max(0, now - readAt) / 1000 : 0;
  const elapsed = Math.min(clock.duration, clock.elapsed + ran);
  const phase = clock.phases.find(({ end }) => elapsed < end) ?? clock.phases.at(-1) ?? null;
  return {
    state: clock.state,
    elapsed,
    remaining: clock.duration - elapsed,
    phase: clock.state === "lobby" ? null : phase,
    phaseLeft: phase ? Math.max(0, phase.end - elapsed) : 0,
    overtime: clock.ended_at === null ? null : Math.max(0, now - clock.ended_at) / 1000,
  };
}

/** "44:05"; a begun second counts as a whole one, so that 0:00 means over. */
export function figures(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds - 1e-6));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** "+3:12": a span that has passed; only whole seconds count. */
export function passed(seconds: number): string {
  return `+${figures(Math.floor(seconds + 1e-6))}`;
}

/** Milliseconds until the figures change, so that both browsers turn over together. */
export function untilNextSecond(seconds: number): number {
  const part = seconds - Math.floor(seconds);
  return Math.max(20, (part || 1) * 1000 + 5);
}

/** How far the server's time is ahead, in ms: the estimate with the shortest way there and back is the best. */
export class Offset {
  value = 0;
  private best = Number.POSITIVE_INFINITY;

  /** From a message that only went one way. */
  rough(serverTime: number, now: number): void {
    if (this.best === Number.POSITIVE_INFINITY) this.value = serverTime - now;
  }

  /** From a ping that left at `sent` and was answered at `now`. */
  measured(serverTime: number, sent: number, now: number): void {
    const round = now - sent;
    // An old estimate is forgotten slowly, because clocks drift.
    this.best = Math.min(this.best * 1.2 + 5, Number.MAX_VALUE);
    if (round > this.best) return;
    this.best = round;
    this.value = serverTime - (sent + round / 2);
  }
}
