/** When to try the connection again, and what a closed one means. */

const FIRST = 500;
const MOST = 10_000;

/** Milliseconds to wait before attempt `attempt` (0 is the first again); `random` is in [0, 1). At most 10 s. */
export function wait(attempt: number, random: number): number {
  const whole = Math.min(MOST, FIRST * 2 ** Math.min(attempt, 10));
  return Math.round(whole * (0.5 + random / 2));
}

/** The closings after which trying again is of no use until the person has done something. */
export type Final = "logged_out" | "seat_lost";

export function finality(code: number): Final | null {
  return code === 4401 ? "logged_out" : code === 4403 ? "seat_lost" : null;
}

/**
 * Extra milliseconds that a closing asks for: after too many messages the server wants a rest, and where a server is
 * restarted (1012) all its rooms come back over some seconds, not in one. `random` is in [0, 1).
 */
export function rest(code: number, random: number): number {
  return code === 4408 ? 3_000 : code === 1012 ? Math.round(4_000 * random) : 0;
}

/** A token bucket below the server's (30 a second, burst 90), so that this browser is never the one that floods. */
export class Budget {
  private tokens: number;
  private at = 0;

  constructor(
    private readonly rate = 25,
    private readonly burst = 75,
  ) {
    this.tokens = burst;
  }

  /** Takes one token if more than `reserve` are there; `now` in ms. Cursors leave a reserve for edits. */
  take(now: number, reserve = 0): boolean {
    this.tokens = Math.min(this.burst, this.tokens + (Math.max(0, now - this.at) / 1000) * this.rate);
    this.at = now;
    if (this.tokens < reserve + 1) return false;
    this.tokens -= 1;
    return true;
  }
}
