import { expect, test } from "vitest";
import { words } from "./times.ts";

const now = new Date("2026-03-01T12:00:00Z");
const ago = (seconds: number) => words(new Date(now.getTime() - seconds * 1000), "relative", now);

test("a moment ago is this minute", () => expect(ago(5)).toBe("this minute"));
test("hours are told in hours", () => expect(ago(3 * 3600 + 60)).toBe("3 hours ago"));
test("after a week the date is told", () => expect(ago(8 * 86_400)).toContain("2026"));
