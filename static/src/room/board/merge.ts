/** Which copy of a shape counts. The same rule as the server's: it is idempotent and does not depend on order. */
import type { Shape } from "../protocol.ts";

export type Stamp = Pick<Shape, "version" | "versionNonce">;

/** Whether `a` wins over `b`: the higher version does, and on a tie the lower nonce. */
export function beats(a: Stamp, b: Stamp): boolean {
  return a.version > b.version || (a.version === b.version && a.versionNonce < b.versionNonce);
}

export function same(a: Stamp, b: Stamp): boolean {
  return a.version === b.version && a.versionNonce === b.versionNonce;
}

/**
 * Sorted by (index, id), as the server sorts. Excalidraw gives new versions to shapes that it finds out of order,
 * also to other people's, so nothing may reach it unsorted. Shapes without an index come last.
 */
export function inOrder<T extends Shape>(shapes: Iterable<T>): T[] {
  return [...shapes].sort(
    (a, b) => compare(Number(!a.index), Number(!b.index)) || compare(a.index ?? "", b.index ?? "") || compare(a.id, b.id),
  );
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
