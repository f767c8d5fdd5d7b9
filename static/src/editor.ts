/** The entry of a draft's editor. Without it the box is a plain text area above a Save button. */
import { CodeBox } from "./editor/code-box.ts";
import { keepIndent } from "./editor/indent.ts";
import { startSaving } from "./editor/saving.ts";

const form = document.querySelector<HTMLFormElement>("#editor");
const text = document.querySelector<HTMLTextAreaElement>("#text");
if (form && text) start(form, text);

function start(form: HTMLFormElement, text: HTMLTextAreaElement): void {
  const box = new CodeBox(text);
  const markFaults = () => box.mark(faultyLines(form));
  text.addEventListener("input", () => box.update());
  text.addEventListener("keydown", keepIndent);
  form.addEventListener("click", (event) => {
    const line = (event.target as Element).closest<HTMLElement>("[data-line]")?.dataset["line"];
    if (line) box.goTo(Math.max(1, Number(line)));
  });
  startSaving(form, text, markFaults);
  markFaults();
}

function faultyLines(form: HTMLFormElement): Set<number> {
  return new Set([...form.querySelectorAll<HTMLElement>("[data-line]")].map((one) => Number(one.dataset["line"])));
}
