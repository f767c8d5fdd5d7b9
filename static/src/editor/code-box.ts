/**
 * Line numbers and marks for a text area that wraps. A mirror with the same text, font and width lies below it, one
 * block a line: so each number stands where its line begins, however often that wraps. Only the box around both scrolls.
 */
import { changed } from "./lines.ts";

export class CodeBox {
  private readonly mirror = document.createElement("div");
  private lines: string[] = [];
  private marked = new Set<number>();

  constructor(private readonly text: HTMLTextAreaElement) {
    this.mirror.className = "code-lines";
    this.mirror.setAttribute("aria-hidden", "true");
    text.before(this.mirror);
    text.parentElement!.dataset["codeBox"] = "ready";
    this.update();
  }

  /** Draw what changed in the text. */
  update(): void {
    const now = this.text.value.split("\n");
    const { start, removed, inserted } = changed(this.lines, now);
    for (let i = 0; i < removed; i++) this.mirror.children[start]!.remove();
    const after = this.mirror.children[start] ?? null;
    for (const line of inserted) this.mirror.insertBefore(block(line), after);
    this.lines = now;
    this.paint();
  }

  /** Mark these lines, counted from 1, as faulty. */
  mark(lines: Set<number>): void {
    this.marked = lines;
    this.paint();
  }

  /** Select a line, counted from 1, and bring it into view. */
  goTo(line: number): void {
    const index = Math.min(line, this.lines.length) - 1;
    const start = this.lines.slice(0, index).reduce((sum, one) => sum + one.length + 1, 0);
    this.text.focus({ preventScroll: true });
    this.text.setSelectionRange(start, start + this.lines[index]!.length);
    this.mirror.children[index]!.scrollIntoView({ block: "center" });
  }

  private paint(): void {
    for (const one of this.mirror.querySelectorAll("[data-fault]")) one.removeAttribute("data-fault");
    for (const line of this.marked) this.mirror.children[line - 1]?.setAttribute("data-fault", "");
  }
}

function block(line: string): HTMLElement {
  const made = document.createElement("div");
  made.textContent = line || "\u200b"; // an empty block would have no height
  return made;
}
