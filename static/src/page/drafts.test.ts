import { expect, test } from "vitest";
import { differs, parsed } from "./drafts.ts";

test("an empty field and none are the same", () => {
  expect(differs({ keep: "" }, {})).toBe(false);
  expect(differs({ keep: "a" }, {})).toBe(true);
  expect(differs({}, { keep: "a" })).toBe(true);
});
test("what is nothing of ours is not restored", () => {
  for (const text of [null, "", "{", "null", "[]", '{"base": 3, "fields": {}}', '{"base": "3"}']) expect(parsed(text)).toBeNull();
  expect(parsed('{"base": "3", "fields": {"keep": "a"}}')).toEqual({ base: "3", fields: { keep: "a" } });
});
