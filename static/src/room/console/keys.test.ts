import { expect, test } from "vitest";
import { intentOf, neighbour } from "./keys.ts";
import { minutes } from "./stamps.ts";

test("capitals with Shift lead to the parts", () => {
  expect(intentOf("C", true)).toEqual({ to: "part", part: "points" });
  expect(intentOf("P", true)).toEqual({ to: "part", part: "probes" });
});
test("Shift and U leads to what nobody has touched, and u alone marks", () => {
  expect([intentOf("U", true), intentOf("U", false)]).toEqual([{ to: "coverage" }, { to: "press", key: "u" }]);
});
test("without Shift the same letters mark, also under Caps Lock", () => {
  expect(intentOf("p", false)).toEqual({ to: "press", key: "p" });
  expect(intentOf("M", false)).toEqual({ to: "press", key: "m" });
});
test("a slash searches on every keyboard layout", () => {
  expect([intentOf("/", false), intentOf("/", true)]).toEqual([{ to: "find" }, { to: "find" }]);
});
test("arrows, j and k move; left and right change a level", () => {
  expect(["ArrowDown", "j", "ArrowUp", "k"].map((key) => intentOf(key, false))).toEqual(
    [1, 1, -1, -1].map((by) => ({ to: "move", by })),
  );
  expect(intentOf("ArrowLeft", false)).toEqual({ to: "change", by: -1 });
});
test("other keys are left alone", () => {
  expect(["4", "x", "Enter", " ", "Tab"].map((key) => intentOf(key, false))).toEqual([null, null, null, null, null]);
});
test("a neighbour is held at both ends", () => {
  const all = ["a", "b", "c"];
  expect([neighbour(all, "a", -1), neighbour(all, "b", 1), neighbour(all, "c", 1)]).toEqual(["a", "c", "c"]);
  expect([neighbour(all, "gone", 1), neighbour(all, undefined, 1), neighbour([], "a", 1)]).toEqual(["a", "a", undefined]);
});
test("a stamp counts whole seconds", () => {
  expect([minutes(0), minutes(754.9), minutes(3605)]).toEqual(["[0:00]", "[12:34]", "[60:05]"]);
});
