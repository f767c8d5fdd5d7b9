import { expect, test } from "vitest";
import type { Clock } from "./protocol.ts";
import { figures, Offset, passed, reading, untilNextSecond } from "./time.ts";

const clock: Clock = {
  state: "live",
  started_at: 0,
  deadline_at: 900_000,
  paused_at: null,
  ended_at: null,
  elapsed: 10,
  remaining: 890,
  duration: 900,
  phases: [
    { id: "clarify", name: "Clarify requirements", start: 0, end: 300 },
    { id: "data", name: "Prepare the data", start: 300, end: 900 },
  ],
  can_edit: true,
  end_reason: null,
};

const at = (seconds: number, more: Partial<Clock> = {}) => reading({ ...clock, ...more }, 0, (seconds - 10) * 1000);

test("a running clock goes on from the server's reading", () => expect(at(70).remaining).toBe(830));
test("a paused clock stands still", () => expect(at(500, { state: "paused" }).elapsed).toBe(10));
test("the clock does not run past its end", () => expect(at(5_000).remaining).toBe(0));
test("a reading from the future counts as now", () => expect(at(0).elapsed).toBe(10));
test("the phase follows the time", () => {
  expect([at(299).phase?.id, at(300).phase?.id]).toEqual(["clarify", "data"]);
});
test("before the start there is no phase", () => expect(at(10, { state: "lobby" }).phase).toBeNull());

test("figures count a begun second as a whole one", () => {
  expect([figures(2700), figures(59.2), figures(0.1), figures(0)]).toEqual(["45:00", "1:00", "0:01", "0:00"]);
});

test("two browsers turn over at the same instant", () => {
  expect(untilNextSecond(59.25)).toBeCloseTo(255, 0);
  expect(untilNextSecond(59)).toBeCloseTo(1005, 0);
});

test("after the end the clock counts up, whatever it stood at", () => {
  const ended = (now: number) => reading({ ...clock, state: "ended", ended_at: 20_000 }, 20_000, now);
  expect([ended(20_000).overtime, ended(212_400).overtime, at(70).overtime]).toEqual([0, 192.4, null]);
  expect([passed(0), passed(192.4), passed(59.99)]).toEqual(["+0:00", "+3:12", "+0:59"]);
});

test("the offset is measured from the middle of the way there and back", () => {
  const offset = new Offset();
  offset.rough(5_000, 1_000);
  expect(offset.value).toBe(4_000);
  offset.measured(5_100, 1_000, 1_100);
  expect(offset.value).toBe(4_050);
});

test("a slow answer does not spoil a good estimate", () => {
  const offset = new Offset();
  offset.measured(5_010, 1_000, 1_020);
  offset.measured(9_000, 2_000, 4_000);
  expect(offset.value).toBe(4_000);
});
