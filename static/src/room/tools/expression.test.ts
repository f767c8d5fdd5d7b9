import { describe, expect, test } from "vitest";
import { evaluate, MAX_LENGTH } from "./expression.ts";

test.each<[string, number]>([
  ["120 M * 20 / 86,400", 27_777.78],
  ["120M x 20 / 86400 s", 27_777.78],
  ["2 + 3 * 4", 14],
  ["(2 + 3) * 4", 20],
  ["10 - 4 - 3", 3],
  ["100 / 10 / 2", 5],
  ["-3 + 5", 2],
  ["60 % * 500", 300],
  ["1 day / 1 h", 24],
  ["2 kB × 5 M", 1e10],
  ["25 ms * 400", 10],
  ["3 B", 3e9],
])("%s = %d", (line, value) => {
  const found = evaluate(line);
  expect(found).toHaveProperty("value");
  expect((found as { value: number }).value).toBeCloseTo(value, 1);
});

describe("what cannot be reckoned is said in words", () => {
  test.each<[string, string]>([
    ["", "missing at the end"],
    ["5 / 0", "divided by zero"],
    ["5 / (3 - 3)", "divided by zero"],
    ["(5", "not closed"],
    ["5)", "not expected"],
    ["5 5", "not expected"],
    ["abc", "missing before"],
    ["5 apples", "no unit"],
    ["5 constructor", "no unit"],
    ["5 * ", "missing at the end"],
    ["alert(1)", "missing before"],
    ["1e99 * 1e99 * 1e99 * 1e99", "too large"],
    ["(".repeat(60) + "1" + ")".repeat(60), "too deep"],
    ["1+".repeat(MAX_LENGTH), "at most"],
  ])("%s", (line, words) => {
    expect((evaluate(line) as { problem: string }).problem).toContain(words);
  });
});
