import { expect, it } from "vitest";
import { command } from "./keys.ts";

it.each([
  [" ", false, { do: "toggle" }],
  ["ArrowLeft", false, { do: "by", seconds: -5 }],
  ["ArrowRight", false, { do: "by", seconds: 5 }],
  ["ArrowRight", true, { do: "by", seconds: 30 }],
  ["ArrowLeft", true, { do: "by", seconds: -30 }],
  ["Home", false, { do: "start" }],
  ["End", false, { do: "end" }],
  [".", false, { do: "next" }],
  [",", false, { do: "previous" }],
  ["ArrowUp", false, null],
  ["k", false, null],
])("%j with shift %j", (key, shift, expected) => expect(command(key, shift)).toEqual(expected));
