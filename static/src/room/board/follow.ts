/** Seeing what somebody else sees, until one looks around for oneself. */
import { announce } from "../../page/announce.ts";
import type { Presence } from "../presence.ts";
import type { View } from "../protocol.ts";
import type { Canvas } from "./canvas.tsx";

export class Follow {
  private seat: number | null = null;
  private readonly views = new Map<number, View>();

  constructor(
    private readonly place: HTMLElement,
    private readonly canvas: Canvas,
    private readonly presence: Presence,
  ) {
    presence.onFollow((seat) => this.choose(seat === this.seat ? null : seat));
    presence.onChange((people) => {
      if (this.seat !== null && !people.some(({ seat, online }) => online && seat === this.seat)) this.choose(null);
    });
    for (const own of ["wheel", "pointerdown"] as const) {
      place.addEventListener(own, () => this.choose(null), { capture: true, passive: true });
    }
  }

  get active(): boolean {
    return this.seat !== null;
  }

  /** Somebody sees this now. */
  shows(seat: number, view: View): void {
    this.views.set(seat, view);
    if (seat === this.seat) this.canvas.see(view);
  }

  private choose(seat: number | null): void {
    if (seat === this.seat) return;
    const person = this.presence.people.find((one) => one.seat === (seat ?? this.seat));
    this.seat = seat;
    this.presence.following(seat);
    this.place.classList.toggle("board-following", seat !== null);
    this.place.style.setProperty("--person", person?.color ?? "");
    announce(seat === null ? `You no longer follow ${person?.name ?? "anybody"}.` : `You follow ${person?.name}.`);
    const view = seat === null ? null : this.views.get(seat);
    if (view) this.canvas.see(view);
  }
}
