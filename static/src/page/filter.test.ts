import { expect, test } from "vitest";
import { holds } from "./filter.ts";

test("every word must be there, in any order and case", () => {
  expect(holds("How long may it take? 100 ms at p99.", "P99 long")).toBe(true);
  expect(holds("How long may it take?", "long p99")).toBe(false);
});
test("nothing typed finds everything", () => expect(holds("anything", " ")).toBe(true));
