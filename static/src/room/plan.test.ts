import { expect, test } from "vitest";
import { apart, following, left, minutes, soon, warning } from "./plan.ts";
import type { Clock, Phase } from "./protocol.ts";
import { reading } from "./time.ts";

const phases: Phase[] = [
  { id: "clarify", name: "Clarify", start: 0, end: 300 },
  { id: "frame", name: "Frame", start: 300, end: 420 },
  { id: "data", name: "Data", start: 420, end: 1200 },
];
const clock: Clock = {
  state: "live",
  started_at: 0,
  deadline_at: 1_200_000,
  paused_at: null,
  ended_at: null,
  elapsed: 0,
  remaining: 1200,
  duration: 1200,
  phases,
  can_edit: true,
  end_reason: null,
};
const at = (seconds: number, more: Partial<Clock> = {}) => reading({ ...clock, ...more }, 0, seconds * 1000);
const said = (from: number, to: number) => [false, true].map((exact) => warning(phases, at(from), at(to), exact));

test.each<[string, number, number, [string | null, string | null]]>([
  ["nothing most of the time", 100, 101, [null, null]],
  ["before a long phase ends", 179.5, 180.5, ["About two minutes left for Clarify.", "2:00 left for Clarify, then Frame."]],
  ["once", 180.5, 181.5, [null, null]],
  ["later before a short one ends", 359.5, 360.5, ["About a minute left for Frame.", "1:00 left for Frame, then Data."]],
  [
    "when the plan goes on",
    299.5,
    300.5,
    ["By the plan it is time for Frame. Finish your thought first.", "Clarify is over by the plan. Now Frame, 2 min."],
  ],
  ["five minutes before the end", 899.5, 900.5, ["About five minutes left in all.", "5:00 left in the session."]],
  ["the session before its last phase", 1139, 1140.5, ["About a minute left in all.", "1:00 left in the session."]],
  ["no next phase after the last", 1079.5, 1080.5, ["About two minutes left for Data.", "2:00 left for Data."]],
])("people are told: %s", (_, from, to, words) => expect(said(from, to)).toEqual(words));

test("nobody is warned while the clock is paused", () =>
  expect(warning(phases, at(179, { state: "paused" }), at(181), true)).toBeNull());

test.each([
  ["in the phase of the plan", 100, "clarify", null],
  ["ahead of it", 100, "data", 0],
  ["behind it", 450, "clarify", 150],
  ["nobody knows where", 450, null, null],
])("the candidate works %s", (_, seconds, where, over) => expect(apart(phases, at(seconds), where)?.over ?? null).toBe(over));

test("time that was added is for any phase", () => {
  const longer = [...phases, { id: "extra", name: "Extra time", start: 1200, end: 1500 }];
  const now = reading({ ...clock, phases: longer, duration: 1500 }, 0, 1_300_000);
  expect([now.phase?.id, apart(longer, now, "data")]).toEqual(["extra", null]);
});

test("nobody is over plan before the start and after the end", () => {
  expect(apart(phases, at(0, { state: "lobby" }), "data")).toBeNull();
  expect(apart(phases, at(900, { state: "ended", elapsed: 900 }), "clarify")).toBeNull();
});

test("the phase that follows", () =>
  expect([following(phases, phases[0]!)?.id, following(phases, phases[2]!), soon(phases[1]!)]).toEqual(["frame", null, 60]));

test("what is left is exact for some and rough for others", () => {
  expect([left(245, true), left(245, false), left(241, false), left(59, false)]).toEqual([
    "4:05 left",
    "about 4 min left",
    "about 4 min left",
    "last minute",
  ]);
  expect(minutes({ start: 0, end: 150 })).toBe("2.5 min");
});
