import { expect, test } from "vitest";
import { beside, between, freeSpot } from "./place.ts";

const size = { width: 100, height: 50 };
const view = { x: -200, y: -200, width: 400, height: 400 };

test("the first part goes to the middle", () => {
  expect(freeSpot(view, size, [])).toEqual({ x: -50, y: -25, ...size });
});

test("the next part does not cover the first", () => {
  const first = freeSpot(view, size, []);
  const second = freeSpot(view, size, [first]);
  expect(second.x).toBeGreaterThan(first.x + first.width);
});

test("a part goes where it can be seen, as long as there is room", () => {
  const taken = [freeSpot(view, size, [])];
  for (let count = 0; count < 8; count++) taken.push(freeSpot(view, size, taken));
  for (const { x, y } of taken.slice(0, 5)) expect(Math.abs(x) <= 200 && Math.abs(y) <= 200).toBe(true);
});

test("an arrow runs from edge to edge", () => {
  const { start, end } = between({ x: 0, y: 0, ...size }, { x: 300, y: 0, ...size }, 5);
  expect([start, end]).toEqual([[105, 25], [295, 25]]);
});

test("an arrow between boxes on the same spot has no length, and no bad number", () => {
  const box = { x: 0, y: 0, ...size };
  expect(between(box, box, 5)).toEqual({ start: [50, 25], end: [50, 25] });
});

test("a drawing from elsewhere goes beside what is there, as it is", () => {
  const there = [{ x: 0, y: 100, ...size }];
  const moved = beside([{ x: -500, y: 0, ...size }, { x: -300, y: 70, ...size }], there);
  expect(moved.map(({ x, y }) => [x, y])).toEqual([[196, 100], [396, 170]]);
  expect(beside(moved, [])).toEqual(moved);
});
