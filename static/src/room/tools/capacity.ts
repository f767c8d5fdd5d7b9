/** The capacity sheet: from daily users to replicas, each step as the arithmetic that gives it. Pure. */
import { read, say, sayBytes, type Kind } from "./numbers.ts";

export interface Input {
  id: InputId;
  name: string;
  kind: Kind;
  example: string;
  /** What is taken where the field is empty; without it, the steps that need it wait. */
  otherwise?: number;
}

export type InputId = "users" | "each" | "factor" | "items" | "row" | "days" | "copies" | "replica" | "load";

// The examples are of no case: a placeholder must not give a case's numbers away.
export const INPUTS: readonly Input[] = [
  { id: "users", name: "Daily active users", kind: "count", example: "5 M" },
  { id: "each", name: "Requests per user and day", kind: "count", example: "8" },
  { id: "factor", name: "Peak, times the average", kind: "count", example: "3" },
  { id: "items", name: "Predictions per request", kind: "count", example: "50" },
  { id: "row", name: "Stored per request", kind: "bytes", example: "700 B" },
  { id: "days", name: "Kept for", kind: "days", example: "1 year" },
  { id: "copies", name: "Copies of the data", kind: "count", example: "1", otherwise: 1 },
  { id: "replica", name: "Requests a second per replica", kind: "count", example: "150" },
  { id: "load", name: "Load a replica may run at", kind: "share", example: "100 %", otherwise: 1 },
];

export interface Step {
  name: string;
  /** The sentence that goes into the notes; "" where the step waits or cannot be reckoned. */
  line: string;
  /** Names of the inputs that are missing. */
  needs: string[];
  /** What is wrong with it, in words. */
  problem: string;
}

type Values = Readonly<Record<InputId, number>>;
interface Formula {
  name: string;
  uses: InputId[];
  line: (values: Values) => string | null;
}

const SECONDS = 86_400;
const daily = (v: Values) => v.users * v.each;
const average = (v: Values) => daily(v) / SECONDS;
const peak = (v: Values) => average(v) * v.factor;
const stored = (v: Values) => daily(v) * v.row;

const FORMULAS: readonly Formula[] = [
  {
    name: "Requests a day",
    uses: ["users", "each"],
    line: (v) => `${say(v.users)} users x ${say(v.each)} requests = ${say(daily(v))} requests a day`,
  },
  {
    name: "Average load",
    uses: ["users", "each"],
    line: (v) => `${say(daily(v))} / 86,400 s = ${say(average(v))} requests a second`,
  },
  {
    name: "Peak load",
    uses: ["users", "each", "factor"],
    line: (v) => `${say(average(v))}/s x ${say(v.factor)} = ${say(peak(v))} requests a second`,
  },
  {
    name: "Predictions at peak",
    uses: ["users", "each", "factor", "items"],
    line: (v) => `${say(peak(v))}/s x ${say(v.items)} = ${say(peak(v) * v.items)} predictions a second`,
  },
  {
    name: "Storage a day",
    uses: ["users", "each", "row"],
    line: (v) => `${say(daily(v))} x ${sayBytes(v.row)} = ${sayBytes(stored(v))} a day`,
  },
  {
    name: "Storage in all",
    uses: ["users", "each", "row", "days", "copies"],
    line: (v) => {
      const copies = v.copies === 1 ? "" : ` x ${say(v.copies)} copies`;
      return `${sayBytes(stored(v))} x ${say(v.days)} days${copies} = ${sayBytes(stored(v) * v.days * v.copies)}`;
    },
  },
  {
    name: "Replicas",
    uses: ["users", "each", "factor", "replica", "load"],
    line: (v) => {
      const serves = v.replica * v.load;
      if (serves === 0) return null;
      const load = v.load === 1 ? say(v.replica) : `(${say(v.replica)} x ${say(v.load * 100)} %)`;
      return `${say(peak(v))}/s / ${load} = ${whole(peak(v) / serves)} replicas at peak`;
    },
  },
];

/** Every step for what was typed, {input: text}. */
export function reckon(typed: Readonly<Partial<Record<InputId, string>>>): Step[] {
  const known = new Map(INPUTS.map((input) => [input.id, valueOf(input, typed[input.id] ?? "")]));
  return FORMULAS.map(({ name, uses, line }) => {
    const of = (test: (value: number | null | undefined) => boolean) =>
      INPUTS.filter(({ id }) => uses.includes(id) && test(known.get(id))).map((input) => input.name);
    const unread = of((value) => value === null);
    const needs = of((value) => value === undefined);
    const said = unread.length || needs.length ? "" : line(Object.fromEntries(known) as Values);
    const problem = unread.length
      ? `No number: ${unread.join(", ")}.`
      : said === null
        ? "This would divide by zero."
        : said.includes("∞") || said.includes("NaN")
          ? "The result is too large to show."
          : "";
    return { name, line: problem || !said ? "" : `${name}: ${said}.`, needs, problem };
  });
}

/** What is wrong with one input's text; "" where nothing is. */
export function fault(input: Input, text: string): string {
  if (valueOf(input, text) !== null) return "";
  return `“${text.trim().slice(0, 20)}” is not understood; write it like ${input.example}`;
}

/** The value; undefined where it is not given, null where it is no number. */
function valueOf(input: Input, text: string): number | null | undefined {
  return text.trim() ? read(text, input.kind) : input.otherwise;
}

/** One cannot run a part of a replica: rounded up, to three figures where there are many. */
function whole(value: number): string {
  const up = Math.ceil(value - 1e-9);
  return up < 10_000 ? up.toLocaleString("en") : say(up);
}
