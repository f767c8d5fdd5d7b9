/** The plan against the time: what comes next, where the candidate works instead, and when people are told. Pure. */
import type { Phase } from "./protocol.ts";
import { figures, type Reading } from "./time.ts";

/** Where the candidate works when the plan is elsewhere. */
export interface Apart {
  phase: Phase;
  /** Seconds since that phase was over by the plan; 0 where the candidate is ahead of it. */
  over: number;
}

/** The phase after this one; null after the last. */
export function following(phases: Phase[], phase: Phase | null): Phase | null {
  return phases[phases.findIndex(({ id }) => id === phase?.id) + 1] ?? null;
}

/** The phase that an agreed extension adds behind the plan (rules/clock.py). */
const EXTRA = "extra";

/** `at` is the phase that the candidate works in. Null where they agree, in extra time, and while nothing runs. */
export function apart(phases: Phase[], now: Reading, at: string | null): Apart | null {
  const phase = phases.find(({ id }) => id === at);
  const runs = now.state === "live" || now.state === "paused";
  if (!phase || !runs || !now.phase || now.phase.id === EXTRA || phase.id === now.phase.id) return null;
  return { phase, over: Math.max(0, now.elapsed - phase.end) };
}

/** Seconds before its end at which people are told that a phase runs out. */
export function soon({ start, end }: Phase): number {
  return end - start >= 300 ? 120 : 60;
}

const SESSION_WARNINGS = [300, 60];

/**
 * What to say aloud when the time has gone from `before` to `after`; null most of the time. Who runs the clock hears it
 * exactly and with what comes next, the candidate only so that they can finish a thought.
 */
export function warning(phases: Phase[], before: Reading, after: Reading, exact: boolean): string | null {
  if (after.state !== "live" || before.state !== "live") return null;
  for (const at of SESSION_WARNINGS) {
    if (before.remaining > at && after.remaining <= at) return exact ? `${figures(at)} left in the session.` : `${about(at)} left in all.`;
  }
  const [was, is] = [before.phase, after.phase];
  if (!was || !is) return null;
  if (was.id !== is.id) {
    if (!exact) return `By the plan it is time for ${is.name}. Finish your thought first.`;
    return `${was.name} is over by the plan. Now ${is.name}, ${minutes(is)}.`;
  }
  const at = soon(is);
  if (before.phaseLeft <= at || after.phaseLeft > at) return null;
  if (!exact) return `${about(at)} left for ${is.name}.`;
  const next = following(phases, is);
  return `${figures(at)} left for ${is.name}${next ? `, then ${next.name}` : ""}.`;
}

/** What is left of a phase, for the eye: to the second, or as one says it. */
export function left(seconds: number, exact: boolean): string {
  if (exact) return `${figures(seconds)} left`;
  return seconds <= 60 ? "last minute" : `about ${Math.ceil(seconds / 60 - 0.25)} min left`;
}

export function minutes({ start, end }: Pick<Phase, "start" | "end">): string {
  return `${Math.round((end - start) / 6) / 10} min`;
}

function about(seconds: number): string {
  return `About ${{ 60: "a minute", 120: "two minutes", 300: "five minutes" }[seconds]}`;
}
