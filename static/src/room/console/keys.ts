/** What a key asks of the console while nobody types. Pure. */

export const PARTS = ["facts", "hints", "probes", "points", "flips", "guide"] as const;
export type Part = (typeof PARTS)[number];

export type Intent =
  | { to: "find" }
  | { to: "note" }
  | { to: "coverage" }
  | { to: "move"; by: 1 | -1 }
  | { to: "change"; by: 1 | -1 }
  | { to: "part"; part: Part }
  | { to: "press"; key: string };

const BY_LETTER: Record<string, Part> = { F: "facts", H: "hints", P: "probes", C: "points", X: "flips", G: "guide" };
const MOVES: Record<string, 1 | -1> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };
const CHANGES: Record<string, 1 | -1> = { ArrowRight: 1, ArrowLeft: -1 };

/** Null where the key is no business of the console's. Capitals lead to parts only with Shift, whatever Caps Lock does. */
export function intentOf(key: string, shift: boolean): Intent | null {
  const part = shift && BY_LETTER[key.toUpperCase()];
  if (part) return { to: "part", part };
  if (shift && key.toUpperCase() === "U") return { to: "coverage" };
  if (key === "/") return { to: "find" };
  if (shift) return null;
  const plain = key.length === 1 ? key.toLowerCase() : key;
  if (plain === "n") return { to: "note" };
  if (MOVES[plain]) return { to: "move", by: MOVES[plain] };
  if (CHANGES[plain]) return { to: "change", by: CHANGES[plain] };
  return /^[uprm0-3]$/.test(plain) ? { to: "press", key: plain } : null;
}

/** The neighbour of `one` by so many; held at both ends, the first where `one` is none of them. */
export function neighbour<T>(all: readonly T[], one: T | undefined, by: number): T | undefined {
  const at = one === undefined ? -1 : all.indexOf(one);
  return all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)];
}
