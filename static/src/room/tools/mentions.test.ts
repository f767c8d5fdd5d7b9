import { expect, test } from "vitest";
import { mentions, withLine } from "./mentions.ts";

const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";

test("pictures are found once, in their order, and nothing else is one", () => {
  expect(mentions(`a ![one](note:${ID}) ![two](note:${ID}) ![x](note:1) ![y](https://x/${ID})`)).toEqual([
    { id: ID, words: "one" },
  ]);
});

test.each<[string, number, string, number]>([
  ["", 0, "P\n", 2],
  ["ab", 2, "ab\n\nP\n", 6],
  ["ab", 1, "a\n\nP\nb", 5],
  ["a\nb", 2, "a\n\nP\nb", 5],
  ["a\nb", 1, "a\n\nP\nb", 5],
  ["a\n\n", 3, "a\n\nP\n", 5],
])("a paragraph put into %j at %d", (text, at, whole, cursor) => {
  expect(withLine(text, at, "P")).toEqual({ text: whole, cursor });
});
