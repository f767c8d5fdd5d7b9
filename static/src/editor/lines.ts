/** What changed between two lists of lines: `removed` lines at `start`, and what stands there now. */
export interface Change {
  start: number;
  removed: number;
  inserted: string[];
}

/** The one run of lines outside of which both are the same. */
export function changed(before: readonly string[], now: readonly string[]): Change {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end++;
  return { start, removed: before.length - end - start, inserted: now.slice(start, now.length - end) };
}
