import { expect, test } from "vitest";
import { spoken, standing } from "./words.ts";

test.each([
  [null, "on", "in the call"],
  ["connecting", "on", "connecting…"],
  ["connected", "on", ""],
  ["connected", "off", "muted"],
  ["connected", "none", "no microphone"],
  ["lost", "on", "not connected"],
] as const)("a tile says %s, %s as %s", (link, mic, words) => {
  expect(standing(link, mic)).toBe(words);
});

test("what changes is said once, and what is no news is not", () => {
  expect(spoken("Ben", "connecting…", "")).toBe("Ben is connected.");
  expect(spoken("Ben", "", "muted")).toBe("Ben is muted.");
  expect(spoken("Ben", "muted", "muted")).toBeNull();
  expect(spoken("Ben", "muted", "")).toBe("Ben is not muted any more.");
  expect(spoken("Ben", undefined, "connecting…")).toBeNull();
});
