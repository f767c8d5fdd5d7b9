import { expect, test } from "vitest";
import { level, network } from "./check.ts";

test("the level goes from silence to a full tone, on the ears' scale", () => {
  const tone = (peak: number) => Float32Array.from({ length: 1000 }, (_, at) => peak * Math.sin(at / 3));
  expect(level(tone(0))).toBe(0);
  expect(level(tone(1))).toBeGreaterThan(0.9);
  expect(level(tone(0.1)) - level(tone(0.01))).toBeCloseTo(20 / 60, 2);
});

test.each([
  [12, "good"],
  [250, "slow, but"],
  [900, "very slow"],
])("%i ms is %s", (trip, words) => {
  expect(network(trip)).toContain(words);
});
