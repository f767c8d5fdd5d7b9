import { expect, test } from "vitest";
import { between, freeSpot } from "./place.ts";

const size = { width: 100, height: 50 };

test("the first part goes to the middle", () => {
  expect(freeSpot({ x: 0, y: 0 }, size, [])).toEqual({ x: -50, y: -25, ...size });
});

test("the next part does not cover the first", () => {
  const first = freeSpot({ x: 0, y: 0 }, size, []);
  const second = freeSpot({ x: 0, y: 0 }, size, [first]);
  expect(second.x).toBeGreaterThan(first.x + first.width);
});

test("an arrow runs from edge to edge", () => {
  const { start, end } = between({ x: 0, y: 0, ...size }, { x: 300, y: 0, ...size }, 5);
  expect([start, end]).toEqual([[105, 25], [295, 25]]);
});

test("an arrow between boxes on the same spot has no length, and no bad number", () => {
  const box = { x: 0, y: 0, ...size };
  expect(between(box, box, 5)).toEqual({ start: [50, 25], end: [50, 25] });
});
