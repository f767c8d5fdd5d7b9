import { expect, test } from "vitest";
import { step } from "./marks.ts";

test("one goes on to the next point, and stays at the ends", () => {
  const all = ["a", "b", "c"];
  expect(step(all, "a", 1)).toBe("b");
  expect(step(all, "c", 1)).toBe("c");
  expect(step(all, "a", -1)).toBe("a");
  expect(step(all, undefined, 1)).toBe("a");
  expect(step([], undefined, 1)).toBeUndefined();
});
