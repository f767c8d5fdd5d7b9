/** What the page knows of the whole session: when anything changes, and which phase ran when. Pure. */

export interface Config {
  duration: number;
  /** The seconds at which anything that is shown changes, in order, 0 the first. */
  seconds: number[];
  /** When each phase began, and its name. */
  phases: [number, string][];
}

export class Film {
  readonly duration: number;
  private readonly seconds: number[];
  private readonly phases: [number, string][];

  constructor(config: Config) {
    this.duration = config.duration;
    this.seconds = config.seconds;
    this.phases = config.phases;
  }

  within(second: number): number {
    return Math.min(Math.max(second, 0), this.duration);
  }

  /** The second that looks the same and is the first to do so: what is shown at it need not be asked for again. */
  frame(second: number): number {
    return this.seconds[this.place(second) - 1] ?? 0;
  }

  /** The next change after `second`, or the end. */
  next(second: number): number {
    return this.seconds[this.place(second)] ?? this.duration;
  }

  /** The last change before `second`, or the start. */
  previous(second: number): number {
    return this.seconds[this.place(second - 1e-6) - 1] ?? 0;
  }

  /** The number of the phase that ran at `second`; -1 without phases. */
  phase(second: number): number {
    return this.phases.findLastIndex(([began]) => began <= second);
  }

  /** "12:30, Data" */
  words(second: number): string {
    const name = this.phaseName(second);
    return name ? `${minutes(second)}, ${name}` : minutes(second);
  }

  phaseName(second: number): string {
    return this.phases[this.phase(second)]?.[1] ?? "";
  }

  /** How many changes there are up to and with `second`. */
  private place(second: number): number {
    let low = 0;
    let high = this.seconds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.seconds[middle] ?? Infinity) <= second) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** "7:05" */
export function minutes(second: number): string {
  const whole = Math.floor(second);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** Stillness longer than this, in seconds of the session, is a pause to be skipped; so much of it is left. */
const STILL = 3;
const LEFT = 1;

/** Where playing has come to, `passed` seconds of the viewer's time after it stood at `at`. */
export function advance(film: Film, at: number, passed: number, speed: number, skip: boolean): number {
  const to = at + passed * speed;
  const next = film.next(at);
  if (skip && next - to > STILL) return next - LEFT;
  return film.within(to);
}
