/** One line of arithmetic: + - * / and brackets over numbers with units. A parser of its own; nothing is run as code. */
import { anyScale, FIGURE, figureOf } from "./numbers.ts";

export const MAX_LENGTH = 200;
const MAX_DEPTH = 20;
const TIMES = "*×xX·";

export type Answer = { value: number } | { problem: string };

/** The value of a line, or in words why it has none. Times count in seconds, sizes in bytes, "B" is a billion. */
export function evaluate(text: string): Answer {
  if (text.length > MAX_LENGTH) return { problem: `A line has at most ${MAX_LENGTH} characters.` };
  try {
    const value = new Line(text).whole();
    return Number.isFinite(value) ? { value } : { problem: "The result is too large to show." };
  } catch (error) {
    if (error instanceof Trouble) return { problem: error.message };
    throw error;
  }
}

class Trouble extends Error {}

class Line {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  whole(): number {
    const value = this.sum();
    if (this.next()) throw new Trouble(`“${this.rest()}” was not expected here.`);
    return value;
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.takes("+")) value += this.product();
      else if (this.takes("-−–")) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    let value = this.signed();
    for (;;) {
      if (this.takes(TIMES)) value *= this.signed();
      else if (this.takes("/÷")) {
        const by = this.signed();
        if (by === 0) throw new Trouble("Something is divided by zero.");
        value /= by;
      } else return value;
    }
  }

  private signed(): number {
    return this.takes("-−–") ? -this.single() : this.single();
  }

  private single(): number {
    if (!this.takes("(")) return this.figure();
    if (++this.depth > MAX_DEPTH) throw new Trouble("These brackets are nested too deep.");
    const value = this.sum();
    if (!this.takes(")")) throw new Trouble("A bracket is not closed.");
    this.depth -= 1;
    return value;
  }

  private figure(): number {
    if (!this.next()) throw new Trouble("A number is missing at the end.");
    FIGURE.lastIndex = this.at;
    const [figure] = FIGURE.exec(this.text) ?? [];
    if (figure === undefined) throw new Trouble(`A number is missing before “${this.rest()}”.`);
    this.at += figure.length;
    return figureOf(figure) * this.unit();
  }

  private unit(): number {
    this.next();
    const [word] = /^(?:%|[a-z]+)/i.exec(this.text.slice(this.at)) ?? [];
    if (word === undefined || TIMES.includes(word)) return 1;
    const scale = anyScale(word);
    if (scale === null) throw new Trouble(`“${word}” is no unit that is known here.`);
    this.at += word.length;
    return scale;
  }

  /** The next character that is no space; "" at the end. */
  private next(): string {
    while (/\s/.test(this.text[this.at] ?? "")) this.at += 1;
    return this.text[this.at] ?? "";
  }

  private takes(characters: string): boolean {
    const next = this.next();
    if (!next || !characters.includes(next)) return false;
    this.at += 1;
    return true;
  }

  private rest(): string {
    const rest = this.text.slice(this.at).trim();
    return rest.length > 12 ? `${rest.slice(0, 12)}…` : rest;
  }
}
