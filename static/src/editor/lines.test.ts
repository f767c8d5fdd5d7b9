import { describe, expect, it } from "vitest";
import { changed } from "./lines.ts";

const apply = (before: string[], now: string[]): string[] => {
  const { start, removed, inserted } = changed(before, now);
  return before.toSpliced(start, removed, ...inserted);
};

describe("changed", () => {
  it.each([
    [[], ["a"]],
    [["a"], [""]],
    [["a", "b", "c"], ["a", "x", "c"]],
    [["a", "a"], ["a", "a", "a"]],
    [["a", "a", "a"], ["a"]],
    [["a", "b"], ["b", "a"]],
    [["a", "b"], ["a", "b"]],
  ])("turns %j into %j", (before, now) => expect(apply(before, now)).toEqual(now));

  it("names only what changed", () => {
    expect(changed(["a", "b", "c"], ["a", "x", "y", "c"])).toEqual({ start: 1, removed: 1, inserted: ["x", "y"] });
  });
});
