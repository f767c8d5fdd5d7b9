import { expect, it } from "vitest";
import { indentAfter } from "./indent.ts";

it.each([
  ["title: x", ""],
  ["case:\n  title: x", "  "],
  ["case:", "  "],
  ["case:\n  prompt: |", "    "],
  ["case:\n  prompt: |-", "    "],
  ["", ""],
])("after %j comes %j", (before, indent) => expect(indentAfter(before)).toBe(indent));
