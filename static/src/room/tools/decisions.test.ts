import { describe, expect, test } from "vitest";
import { parse, write } from "./decisions.ts";

const DECISION = {
  decision: "Two stages",
  alternatives: "one large ranker",
  cost: "12 ms and a second model to keep",
  reverses: "fewer than 200 candidates",
};
const BLOCK = `Decision: Two stages
Alternatives: one large ranker
Cost: 12 ms and a second model to keep
Would reverse it: fewer than 200 candidates`;

test("a decision is written as lines that people can read", () => {
  expect(write(DECISION)).toBe(BLOCK);
});
test("an empty part has no line, and line breaks do not end the block", () => {
  expect(write({ ...DECISION, alternatives: " ", cost: "12 ms\n\nof the budget", reverses: "" })).toBe(
    "Decision: Two stages\nCost: 12 ms of the budget",
  );
});

describe("reading the notes", () => {
  test("what was written is read again, where it stands", () => {
    const [entry, ...more] = parse("model", `before\n\n${BLOCK}\n\nafter`);
    expect(more).toEqual([]);
    expect(entry).toEqual({ step: "model", start: 8, end: 8 + BLOCK.length, ...DECISION });
  });
  test.each<[string, string, number]>([
    ["no decision", "Cost: 5 ms\nAlternatives: none", 0],
    ["one by hand, in Markdown", "- **Decision:** log loss\n- **Costs:** none", 1],
    ["a list of two", "Decision: a\nDecision: b", 2],
    ["an empty one", "Decision:   ", 0],
    ["a word in a sentence", "The decision: we do it later, said the team. No Decision here", 0],
    ["lower case and Windows line ends", "decision: a\r\ncost: b\r\n", 1],
  ])("%s", (_, text, count) => {
    expect(parse("data", text)).toHaveLength(count);
  });
  test("another line ends it", () => {
    const [entry] = parse("data", "Decision: a\nsomething else\nCost: 5 ms");
    expect(entry!.cost).toBe("");
  });
  test("a label that comes twice keeps both", () => {
    expect(parse("data", "Decision: a\nCost: b\nCosts: c")[0]!.cost).toBe("b; c");
  });
});
