import { describe, expect, test } from "vitest";
import { fault, INPUTS, reckon } from "./capacity.ts";

const ALL = {
  users: "120 M",
  each: "20",
  factor: "2.5",
  items: "100",
  row: "1.2 kB",
  days: "90 days",
  copies: "3",
  replica: "500",
  load: "60 %",
};

test("each step is the arithmetic that gives it", () => {
  expect(reckon(ALL).map((step) => step.line)).toEqual([
    "Requests a day: 120 M users x 20 requests = 2.4 B requests a day.",
    "Average load: 2.4 B / 86,400 s = 27.8 k requests a second.",
    "Peak load: 27.8 k/s x 2.5 = 69.4 k requests a second.",
    "Predictions at peak: 69.4 k/s x 100 = 6.94 M predictions a second.",
    "Storage a day: 2.4 B x 1.2 kB = 2.88 TB a day.",
    "Storage in all: 2.88 TB x 90 days x 3 copies = 778 TB.",
    "Replicas: 69.4 k/s / (500 x 60 %) = 232 replicas at peak.",
  ]);
});

test("an empty sheet waits for its inputs", () => {
  const steps = reckon({});
  expect(steps.map((step) => step.line).join("")).toBe("");
  expect(steps[0]!.needs).toEqual(["Daily active users", "Requests per user and day"]);
});

test("what is known is reckoned, and the rest names what it needs", () => {
  const [first, second, third] = reckon({ users: "1 M", each: "10" });
  expect([first!.line, second!.line].every(Boolean)).toBe(true);
  expect(third!.needs).toEqual(["Peak, times the average"]);
});

test("copies and load have values of their own", () => {
  const steps = reckon({ ...ALL, copies: "", load: "" });
  expect(steps[5]!.line).toContain("2.88 TB x 90 days = 259 TB");
  expect(steps[6]!.line).toContain("69.4 k/s / 500 = 139 replicas");
});

describe("nonsense", () => {
  test("is named, and nothing is reckoned with it", () => {
    const [first] = reckon({ ...ALL, users: "many" });
    expect([first!.line, first!.problem]).toEqual(["", "No number: Daily active users."]);
  });
  test("a replica that serves nothing divides by zero", () => {
    expect(reckon({ ...ALL, replica: "0" })[6]!.problem).toBe("This would divide by zero.");
    expect(reckon({ ...ALL, load: "0 %" })[6]!.problem).toBe("This would divide by zero.");
  });
  test("what is too large is not shown as infinite", () => {
    expect(reckon({ ...ALL, users: "9e99", each: "9e99", factor: "9e99", items: "9e99" })[3]!.problem).toContain("too large");
  });
  test("the field says how to write it", () => {
    expect(fault(INPUTS[0]!, "lots")).toBe("“lots” is not understood; write it like 5 M");
    expect(fault(INPUTS[0]!, "")).toBe("");
  });
});
