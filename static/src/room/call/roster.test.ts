import { expect, test } from "vitest";
import { Roster } from "./roster.ts";

const HERE = { here: true, asks: false, mic: "on", camera: false } as const;
const AWAY = { ...HERE, here: false };

test("who joins is met once, and parted from when they leave", () => {
  const roster = new Roster();
  expect(roster.hear(7, "a", HERE)).toBe("meet");
  expect(roster.hear(7, "a", { ...HERE, mic: "off" })).toBe("none");
  expect(roster.callers.get(7)?.mic).toBe("off");
  expect(roster.hear(7, "a", AWAY)).toBe("part");
  expect(roster.callers.size).toBe(0);
});

test("a page that was loaded again is met anew", () => {
  const roster = new Roster();
  roster.hear(7, "a", HERE);
  expect(roster.hear(7, "b", HERE)).toBe("meet-again");
  expect(roster.hear(7, "a", AWAY)).toBe("none");
  expect(roster.callers.get(7)?.page).toBe("b");
});

test("a second window that only looks on hangs nobody up", () => {
  const roster = new Roster();
  roster.hear(7, "a", HERE);
  expect(roster.hear(7, "looker", AWAY)).toBe("none");
  expect(roster.callers.size).toBe(1);
});
