/** Shapes that the server has not acknowledged, kept over a reload of this tab. */
import type { Shape } from "../protocol.ts";

export function keep(session: string, shapes: readonly Shape[]): void {
  try {
    if (shapes.length) sessionStorage.setItem(`board:${session}`, JSON.stringify(shapes));
    else sessionStorage.removeItem(`board:${session}`);
  } catch {
    // Storage is off or full; leaving the page was warned of.
  }
}

export function recall(session: string): Shape[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(`board:${session}`) ?? "[]");
    return Array.isArray(kept) ? kept.filter((shape: Shape) => typeof shape?.id === "string" && !!shape.index) : [];
  } catch {
    return [];
  }
}
