import { expect, test } from "vitest";
import { counted, figures } from "./counting.ts";

test("a wait counts up, and what is left counts down to nothing", () => {
  expect(counted(10, 2.5, false)).toBe(12.5);
  expect(counted(10, 2.5, true)).toBe(7.5);
  expect(counted(10, 99, true)).toBe(0);
});

test("seconds read as minutes and seconds", () => {
  expect([0, 9.9, 60, 725].map(figures)).toEqual(["0:00", "0:09", "1:00", "12:05"]);
});
