/** The capacity calculator: fields in, arithmetic out, and the arithmetic into the notes. */
import { announce } from "../../page/announce.ts";
import { fault, INPUTS, reckon, type Input, type InputId, type Step } from "./capacity.ts";
import { evaluate, MAX_LENGTH } from "./expression.ts";
import type { NotePad } from "./note-pad.ts";
import { say } from "./numbers.ts";

const MAX_FIELD = 30;

export function startCalculator(place: HTMLElement, session: string, pad: NotePad): void {
  startSheet(place.querySelector("#capacity-sheet")!, `capacity:${session}`, pad);
  startLine(place.querySelector("#capacity-line")!, pad);
}

/** The form `form` holds #capacity-inputs, #capacity-steps, a submit button and a line that says what was done. */
function startSheet(form: HTMLFormElement, key: string, pad: NotePad): void {
  const steps = form.querySelector<HTMLElement>("#capacity-steps")!;
  const button = form.querySelector<HTMLButtonElement>("[type=submit]")!;
  const kept = recall(key);
  const fields = INPUTS.map((input) => new Field(input, kept[input.id] ?? ""));
  form.querySelector("#capacity-inputs")!.replaceChildren(...fields.map((field) => field.row));
  let lines: string[] = [];

  const paint = () => {
    const typed = Object.fromEntries(fields.map((field) => [field.input.id, field.area.value]));
    const made = reckon(typed);
    lines = made.map((step) => step.line).filter(Boolean);
    for (const field of fields) field.paint();
    steps.replaceChildren(...made.map(stepLine));
    button.disabled = !lines.length;
    keep(key, typed);
  };
  form.addEventListener("input", () => {
    told(form, "");
    paint();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (lines.length) told(form, pad.append(lines.join("\n")).words);
  });
  paint();
}

class Field {
  readonly row = document.createElement("div");
  readonly area = document.createElement("input");
  private readonly said = document.createElement("p");

  constructor(
    readonly input: Input,
    text: string,
  ) {
    const id = `capacity-${input.id}`;
    const label = Object.assign(document.createElement("label"), { htmlFor: id, textContent: input.name });
    Object.assign(this.area, { id, value: text, maxLength: MAX_FIELD, placeholder: input.example, autocomplete: "off" });
    this.area.className = "input input-sm";
    this.said.id = `${id}-said`;
    this.said.className = "capacity-fault";
    this.area.setAttribute("aria-describedby", this.said.id);
    this.row.className = "capacity-field";
    this.row.append(label, this.area, this.said);
  }

  paint(): void {
    const words = fault(this.input, this.area.value);
    this.said.textContent = words;
    this.said.hidden = !words;
    this.area.setAttribute("aria-invalid", String(Boolean(words)));
  }
}

function stepLine({ name, line, needs, problem }: Step): HTMLElement {
  const item = document.createElement("li");
  const [, reckoned = ""] = line.split(/: (.*)\.$/s);
  item.dataset["state"] = line ? "done" : problem ? "wrong" : "waits";
  const what = Object.assign(document.createElement("span"), { className: "capacity-name", textContent: name });
  const words = line ? reckoned : problem || (needs.length === 1 ? `needs: ${needs[0]}` : "");
  item.append(what, " ", Object.assign(document.createElement("span"), { textContent: words }));
  return item;
}

/** The free line: its result as one types, and the whole of it into the notes. */
function startLine(form: HTMLFormElement, pad: NotePad): void {
  const field = form.querySelector<HTMLInputElement>("input")!;
  const result = form.querySelector<HTMLOutputElement>("output")!;
  const button = form.querySelector<HTMLButtonElement>("[type=submit]")!;
  field.maxLength = MAX_LENGTH;
  let line = "";

  const paint = () => {
    const text = field.value.trim();
    const answer = text ? evaluate(text) : { problem: "" };
    line = "value" in answer ? `${text.replace(/\s+/g, " ").replaceAll("*", "x")} = ${say(answer.value)}` : "";
    result.textContent = "value" in answer ? `= ${say(answer.value)}` : answer.problem;
    result.dataset["state"] = line ? "done" : "wrong";
    button.disabled = !line;
  };
  field.addEventListener("input", () => {
    told(form, "");
    paint();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (line) told(form, pad.append(line).words);
  });
  paint();
}

function told(form: HTMLElement, words: string): void {
  form.querySelector(".note-state")!.textContent = words;
  if (words) announce(words);
}

type Typed = Partial<Record<InputId, string>>;

/** The sheet survives a reload of this tab; what counts stands in the notes. */
function keep(key: string, typed: Typed): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(typed));
  } catch {
    // Storage is off or full: the sheet is still on the page.
  }
}

function recall(key: string): Typed {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    return kept && typeof kept === "object" ? Object.fromEntries(Object.entries(kept).filter(isText)) : {};
  } catch {
    return {};
  }
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === "string";
}
