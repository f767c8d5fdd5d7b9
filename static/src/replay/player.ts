/** Where the replay stands, and whether it runs. */
import { advance, type Film } from "./film.ts";
import type { Frames } from "./frames.ts";
import type { Dial } from "./screen.ts";

/** A tab in the background, or a machine that slept, does not fall behind by more than this (seconds). */
const LONGEST_STEP = 0.5;

export class Player {
  speed = 1;
  skip = false;
  /** Held by whoever drags; playing waits. */
  held = false;
  private position: number;
  private since: number | null = null;

  constructor(
    private readonly film: Film,
    private readonly frames: Frames,
    private readonly dial: Dial,
    private readonly changed: (player: Player) => void,
    second: number,
  ) {
    this.position = film.within(second);
  }

  get second(): number {
    return Math.floor(this.position);
  }

  get playing(): boolean {
    return this.since !== null;
  }

  seek(second: number): void {
    this.move(this.film.within(second));
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    if (this.playing) return;
    if (this.position >= this.film.duration) this.move(0);
    this.since = performance.now();
    requestAnimationFrame(this.step);
    this.changed(this);
  }

  pause(): void {
    if (!this.playing) return;
    this.since = null;
    this.changed(this);
  }

  private readonly step = (now: number): void => {
    if (this.since === null) return;
    const passed = Math.min(Math.max(now - this.since, 0) / 1000, LONGEST_STEP);
    this.since = now;
    if (!this.held) this.move(advance(this.film, this.position, passed, this.speed, this.skip));
    if (this.position >= this.film.duration) this.pause();
    else requestAnimationFrame(this.step);
  };

  private move(to: number): void {
    const before = this.second;
    this.position = to;
    // Without motion the needles go by whole seconds, like the figures.
    this.dial.paint(matchMedia("(prefers-reduced-motion: reduce)").matches ? this.second : to);
    this.frames.want(this.film.frame(this.second), this.playing ? this.film.next(this.second) : null);
    if (this.second !== before) this.changed(this);
  }
}
