import { expect, test } from "vitest";
import { read, say, sayBytes, type Kind } from "./numbers.ts";

test.each<[string, Kind, number | null]>([
  ["120 M", "count", 120e6],
  ["120m", "count", 120e6],
  ["2.4 billion", "count", 2.4e9],
  ["3 B", "count", 3e9],
  ["86,400", "count", 86_400],
  ["1e6", "count", 1e6],
  [".5", "count", 0.5],
  ["20k", "count", 20e3],
  ["0", "count", 0],
  ["700 B", "bytes", 700],
  ["1.2 kB", "bytes", 1_200],
  ["1 KiB", "bytes", 1_024],
  ["90", "days", 90],
  ["12 h", "days", 0.5],
  ["1 year", "days", 365],
  ["60 %", "share", 0.6],
  ["0.6", "share", 0.6],
  ["60", "share", 0.6],
  ["", "count", null],
  ["abc", "count", null],
  ["-5", "count", null],
  ["1,5", "count", null],
  ["5 apples", "count", null],
  ["3 kB", "count", null],
  ["9e99", "count", 9e99],
  ["NaN", "count", null],
  ["Infinity", "count", null],
  ["5 toString", "count", null],
  ["5 constructor", "count", null],
])("%j as %s is %j", (text, kind, value) => {
  const found = read(text, kind);
  if (value === null) expect(found).toBeNull();
  else expect(found).toBeCloseTo(value, 9);
});

test.each<[number, string]>([
  [0, "0"],
  [7, "7"],
  [999.6, "1 k"],
  [27_777.8, "27.8 k"],
  [2.4e9, "2.4 B"],
  [999_999, "1 M"],
  [1.5e15, "1,500 T"],
  [0.01234, "0.0123"],
  [-2_500, "-2.5 k"],
])("%d is said as %j", (value, said) => {
  expect(say(value)).toBe(said);
});

test("bytes have their own names", () => {
  expect([700, 1_200, 2.88e12, 2.6e14].map(sayBytes)).toEqual(["700 B", "1.2 kB", "2.88 TB", "260 TB"]);
});
