/** Who of the others takes part in the call, by which page, and whether their microphone is on. */
import type { PageState } from "./signals.ts";

export interface Caller extends PageState {
  page: string;
}

export type Step = "none" | "meet" | "meet-again" | "part";

export class Roster {
  private readonly seats = new Map<number, Caller>();

  get callers(): ReadonlyMap<number, Caller> {
    return this.seats;
  }

  /** Takes in what a page of this seat says of itself; says what that asks of a page that takes part. */
  hear(seat: number, page: string, state: PageState): Step {
    const before = this.seats.get(seat);
    if (!state.here) {
      // A page that only looks on does not hang up for the one that talks.
      if (before?.page !== page) return "none";
      this.seats.delete(seat);
      return "part";
    }
    this.seats.set(seat, { ...state, page });
    if (!before) return "meet";
    return before.page === page ? "none" : "meet-again";
  }

  forget(seat: number): void {
    this.seats.delete(seat);
  }
}
