import { expect, test } from "vitest";
import { chip, spoken } from "./saved.ts";

test("with everything acknowledged the chip says so", () => expect(chip("open", 0)[1]).toBe("All changes saved"));
test("what is under way is counted", () => expect(chip("open", 3)).toEqual(["busy", "Saving 3"]));
test("without a connection it says what is kept here", () =>
  expect(chip("offline", 2)).toEqual(["warn", "Offline: 2 kept here"]));
test("a log-out is no reason to claim that all is saved", () => expect(chip("logged_out", 1)).toEqual(["warn", "Logged out: 1 kept here"]));
test("a lost connection and its return are said aloud, and nothing between", () => {
  expect(spoken("open", "offline")).toContain("kept here");
  expect(spoken("offline", "connecting")).toBeNull();
  expect(spoken("offline", "open")).toBe("Connected again.");
});
