import { expect, test } from "vitest";
import { Budget, finality, rest, wait } from "./backoff.ts";

test("waits grow, and never exceed ten seconds", () => {
  expect(wait(0, 0.999)).toBeLessThanOrEqual(500);
  expect(wait(3, 0)).toBe(2_000);
  expect(wait(50, 0.999)).toBeLessThanOrEqual(10_000);
});

test("waits are spread, so that a restarted server is not met by all at once", () => {
  expect(wait(4, 0)).not.toBe(wait(4, 0.9));
});

test("a log-out and a lost seat end the trying; a restart does not", () => {
  expect(finality(4401)).toBe("logged_out");
  expect(finality(4403)).toBe("seat_lost");
  expect(finality(1012)).toBeNull();
});

test("after too many messages there is a rest", () => expect(rest(4408, 0)).toBeGreaterThan(rest(1006, 0.9)));

test("after a restart all come back over some seconds, and the first try is well within ten", () => {
  expect(rest(1012, 0.9)).toBeGreaterThan(rest(1012, 0.1));
  expect(wait(0, 0.999) + rest(1012, 0.999)).toBeLessThan(5_000);
});

test("the budget fills up again, and cursors leave some of it to edits", () => {
  const budget = new Budget(10, 3);
  expect([budget.take(0), budget.take(0, 2), budget.take(0), budget.take(0)]).toEqual([true, false, true, true]);
  expect(budget.take(0)).toBe(false);
  expect(budget.take(200)).toBe(true);
});
