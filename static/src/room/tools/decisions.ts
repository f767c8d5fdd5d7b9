/** The trade-off ledger as text: decisions stand in the notes, and are read from there. Pure. */

export interface Decision {
  decision: string;
  alternatives: string;
  cost: string;
  reverses: string;
}

/** A decision where it stands: characters `start` to `end` of the step's notes. */
export interface Entry extends Decision {
  step: string;
  start: number;
  end: number;
}

const LABELS: Record<keyof Decision, string> = {
  decision: "Decision",
  alternatives: "Alternatives",
  cost: "Cost",
  reverses: "Would reverse it",
};
const ORDER = Object.keys(LABELS) as (keyof Decision)[];
const LINE = /^[ \t]*(?:[-*>][ \t]+)?\**(decision|alternatives?|costs?|would reverse it)\**[ \t]*:\**[ \t]*(.*)\r?$/i;

/** The block that goes into the notes; what was left empty has no line. */
export function write(decision: Decision): string {
  return ORDER.map((key) => [LABELS[key], flat(decision[key])] as const)
    .filter(([, said]) => said)
    .map(([label, said]) => `${label}: ${said}`)
    .join("\n");
}

/** The decisions in the notes of a step: each begins with a line "Decision: ..."; the lines behind it may come in any
 * order, and the first that is none of them ends it. */
export function parse(step: string, text: string): Entry[] {
  const found: Entry[] = [];
  let open: Entry | null = null;
  let at = 0;
  for (const line of text.split("\n")) {
    const [, label, said] = LINE.exec(line) ?? [];
    const key = label === undefined ? null : keyOf(label);
    if (key === "decision") {
      open = { step, start: at, end: at, decision: "", alternatives: "", cost: "", reverses: "" };
      found.push(open);
    }
    if (!key) open = null;
    else if (open) {
      open[key] = [open[key], said!.trim()].filter(Boolean).join("; ");
      open.end = at + line.length;
    }
    at += line.length + 1;
  }
  return found.filter((entry) => entry.decision);
}

function keyOf(label: string): keyof Decision {
  const first = label[0]!.toLowerCase();
  return first === "d" ? "decision" : first === "a" ? "alternatives" : first === "c" ? "cost" : "reverses";
}

/** One line of text: a line break would end the block. */
function flat(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
