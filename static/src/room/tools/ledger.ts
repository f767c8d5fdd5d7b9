/** The trade-off ledger: a form that writes decisions into the notes, and the list of those that stand there. */
import { announce } from "../../page/announce.ts";
import type { Config } from "../protocol.ts";
import type { RoomSocket } from "../socket.ts";
import { parse, write, type Entry } from "./decisions.ts";
import type { NotePad } from "./note-pad.ts";

export function startLedger(place: HTMLElement, config: Config, socket: RoomSocket, pad: NotePad): void {
  const list = place.querySelector<HTMLElement>("#ledger-list")!;
  const form = place.querySelector<HTMLFormElement>("#ledger-form");
  const texts = new Map(config.steps.map(({ id }) => [id, config.notes[id]?.text ?? ""]));
  let shown = "";

  const paint = () => {
    const entries = [...texts].flatMap(([step, text]) => parse(step, text));
    const now = JSON.stringify(entries);
    if (now === shown) return; // a list that is made anew loses the focus in it
    shown = now;
    list.replaceChildren(...(entries.length ? entries.map((entry) => item(entry, pad, form !== null)) : [nothing()]));
  };
  const heard = (step: string, text: string) => {
    texts.set(step, text);
    paint();
  };
  if (form) {
    const listen = (event: Event) => {
      const area = event.target as HTMLTextAreaElement;
      if (area.dataset?.["note"]) heard(area.dataset["note"], area.value);
    };
    const notes = document.getElementById("pane-notes");
    for (const area of notes?.querySelectorAll<HTMLTextAreaElement>("[data-note]") ?? []) {
      texts.set(area.dataset["note"]!, area.value); // it may hold what an earlier page kept
    }
    for (const type of ["input", "note:filled"]) notes?.addEventListener(type, listen);
    startForm(form, pad);
  } else {
    socket.on("hello", ({ notes }) => Object.entries(notes).forEach(([step, { text }]) => heard(step, text)));
    socket.on("notes.changed", ({ step, text }) => heard(step, text));
  }
  paint();
}

function startForm(form: HTMLFormElement, pad: NotePad): void {
  const said = form.querySelector<HTMLElement>(".note-state")!;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = new FormData(form);
    const of = (name: string) => String(typed.get(name) ?? "");
    const { done, words } = pad.append(
      write({ decision: of("decision"), alternatives: of("alternatives"), cost: of("cost"), reverses: of("reverses") }),
    );
    said.textContent = words;
    announce(words);
    if (!done) return;
    form.reset();
    form.querySelector("input")!.focus();
  });
}

function item(entry: Entry, pad: NotePad, writes: boolean): HTMLElement {
  const row = document.createElement("li");
  row.className = "ledger-entry";
  const head = document.createElement("p");
  const title = Object.assign(document.createElement("strong"), { textContent: entry.decision });
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-ghost btn-xs", textContent: writes ? "Edit" : "Show" });
  button.setAttribute("aria-label", `${button.textContent} “${entry.decision.slice(0, 60)}” in the notes`);
  button.addEventListener("click", () => pad.show(entry.step, entry.start, entry.end));
  head.append(title, " ", button);
  const parts = document.createElement("dl");
  const rows = [
    ["Alternatives", entry.alternatives],
    ["Cost", entry.cost],
    ["Would reverse it", entry.reverses],
  ] as const;
  for (const [label, text] of rows) {
    const term = Object.assign(document.createElement("dt"), { textContent: label });
    const said = Object.assign(document.createElement("dd"), { textContent: text || "not said" });
    if (!text) said.className = "muted";
    parts.append(term, said);
  }
  const where = Object.assign(document.createElement("p"), { className: "muted text-xs", textContent: pad.name(entry.step) });
  row.append(head, parts, where);
  return row;
}

function nothing(): HTMLElement {
  const words = "No decision stands in the notes yet. One begins with a line “Decision: …”.";
  return Object.assign(document.createElement("li"), { className: "muted text-sm", textContent: words });
}
