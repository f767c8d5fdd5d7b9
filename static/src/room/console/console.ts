/** The interviewer's console: what is given, marked and announced by one key while somebody talks. DOM: ../README.md. */
import { announce } from "../../page/announce.ts";
import type { RoomClock } from "../clock.ts";
import type { RoomSocket } from "../socket.ts";
import { isTyping } from "../tabs.ts";
import { intentOf, type Intent, type Part } from "./keys.ts";
import { Line } from "./line.ts";
import { Rows } from "./rows.ts";
import { startStamps } from "./stamps.ts";

const NEWS = ["fact_given", "hint_given", "flipped", "probe_marked"];
/** With so many seconds left, what nobody has touched is worth a look. */
const LATE = 600;
const LOOK_EVERY = 5_000;

export function startConsole(root: HTMLElement, socket: RoomSocket, clock: RoomClock): void {
  const pane = root.querySelector<HTMLElement>("#pane-console");
  const host = pane?.querySelector<HTMLElement>("#console");
  if (!pane || !host) return;
  const rows = new Rows(host);
  const line = new Line(host, host.dataset["url"]!);
  const note = startStamps(pane, clock);
  const search = () => host.querySelector<HTMLInputElement>("#console-search");
  const isOpen = () => root.dataset["pane"] === "console";
  let coverageIsOpen = false;

  const choose = (part: Part) => {
    const field = search();
    if (field) field.value = "";
    rows.choose(part);
    if (part === "guide") document.body.dispatchEvent(new CustomEvent("room:guide"));
  };
  const find = () => {
    search()?.focus();
    search()?.select();
  };
  const act = (button: HTMLElement) => {
    const { do: verb, say = "", take, key: _, ...values } = button.dataset;
    if (take !== undefined) return takeFlip(take);
    if (button.getAttribute("aria-disabled") === "true") return announce("Given already, or not yet.");
    if (!verb) return;
    const row = button.closest<HTMLElement>("[data-row]")!.id;
    if (button.hasAttribute("aria-pressed")) {
      rows.pending.set(row, button.id);
      rows.press(row, button.id);
    }
    line.send(verb, values as Record<string, string>, say, (taken) => {
      if (rows.pending.get(row) === button.id) rows.pending.delete(row);
      if (!taken) line.refresh();
    });
  };
  const takeFlip = (text: string) => {
    choose("flips");
    const area = host.querySelector<HTMLTextAreaElement>("#flip-text");
    if (!area) return;
    area.value = text;
    area.focus();
  };
  const follow = (intent: Intent) => {
    if (intent.to === "find") find();
    else if (intent.to === "note") note();
    else if (intent.to === "coverage") untouched();
    else if (intent.to === "move") rows.move(intent.by);
    else if (intent.to === "part") {
      choose(intent.part);
      if (intent.part === "guide") host.querySelector<HTMLElement>("#guide input, #guide summary")?.focus();
      else rows.focus(rows.current);
    } else if (intent.to === "press") press(rows.current, intent.key);
    else change(rows.current, intent.by);
  };
  const untouched = () => {
    const coverage = host.querySelector<HTMLDetailsElement>("#coverage");
    if (!coverage) return;
    coverage.open = true;
    (coverage.querySelector<HTMLElement>(".con-goto") ?? coverage.querySelector("summary"))?.focus();
  };
  const press = (row: HTMLElement | undefined, key: string) => {
    const button = row?.querySelector<HTMLElement>(`[data-key="${key}"]`);
    button?.focus();
    if (button) act(button);
  };
  const change = (row: HTMLElement | undefined, by: 1 | -1) => {
    if (!row?.querySelector('[data-do="tick"]')) return;
    const now = row.querySelector<HTMLElement>('[aria-pressed="true"]')?.dataset["level"];
    const level = now === undefined ? (by > 0 ? 1 : 0) : Math.min(3, Math.max(0, Number(now) + by));
    press(row, String(level));
  };

  host.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>("[data-row]");
    const button = target.closest<HTMLElement>("button");
    if (row) rows.mark(row);
    if (button?.dataset["part"]) choose(button.dataset["part"] as Part);
    else if (button?.dataset["goto"]) {
      choose("points");
      rows.focus(host.querySelector<HTMLElement>(`#${CSS.escape(button.dataset["goto"])}`) ?? undefined);
    } else if (button && row) act(button);
  });
  host.addEventListener("input", (event) => {
    if (event.target !== search()) return;
    rows.words = search()!.value;
    rows.paint();
  });
  host.addEventListener("submit", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-flip]");
    if (!form) return;
    event.preventDefault();
    const area = form.querySelector("textarea")!;
    line.send("flip", { text: area.value }, "Announced to everybody", (taken) => {
      if (taken) area.value = "";
    });
  });
  host.addEventListener(
    "toggle",
    (event) => {
      if ((event.target as HTMLElement).id === "coverage") coverageIsOpen = (event.target as HTMLDetailsElement).open;
    },
    true,
  );

  document.addEventListener("keydown", (event) => {
    if (!isOpen() || event.ctrlKey || event.metaKey || event.altKey) return flipBy(event);
    const target = event.target as HTMLElement;
    if (target === search()) return searching(event);
    if (event.key === "Escape" && isTyping(target) && pane.contains(target)) return rows.focus(rows.current);
    // The board and the other panes keep their keys.
    if (isTyping(target) || !(target === document.body || pane.contains(target) || target.dataset["showPane"])) return;
    const intent = intentOf(event.key, event.shiftKey);
    if (!intent) return;
    event.preventDefault();
    follow(intent);
  });
  const flipBy = (event: KeyboardEvent) => {
    const form = (event.target as HTMLElement).closest?.<HTMLFormElement>("[data-flip]");
    if (!form || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.requestSubmit();
  };
  const searching = (event: KeyboardEvent) => {
    const row = rows.current;
    if (event.key === "ArrowDown") rows.focus(row);
    else if (event.key === "Escape" && search()!.value) choose(rows.part);
    else if (event.key === "Escape") rows.focus(row);
    else if (event.key === "Enter") {
      const main = row?.querySelector<HTMLElement>(".con-main");
      if (main) act(main);
      else rows.focus(row);
      search()?.select();
    } else return;
    event.preventDefault();
  };

  host.addEventListener("htmx:afterSwap", (event) => {
    rows.paint();
    // The first time, what the console is for: finding something.
    const fresh = event.target === host && matchMedia("(min-width: 64rem)").matches;
    if (fresh && isOpen() && !isTyping(document.activeElement)) find();
    const coverage = host.querySelector<HTMLDetailsElement>("#coverage");
    if (coverage) coverage.open = coverageIsOpen;
  });
  host.addEventListener("htmx:oobAfterSwap", () => {
    const coverage = host.querySelector<HTMLDetailsElement>("#coverage");
    if (coverage) coverage.open = coverageIsOpen;
  });
  for (const kind of NEWS) document.body.addEventListener(`room:${kind}`, () => line.refresh());
  const written = new Map<string, boolean>();
  socket.on("notes.changed", ({ step, text }) => {
    const now = text.trim() !== "";
    if (written.get(step) !== now) line.refresh();
    written.set(step, now);
  });
  clock.onPhase((phase) => {
    rows.phase = phase?.id ?? "";
    rows.paint();
  });
  const look = () => (pane.dataset["late"] = String(clock.state === "live" && clock.remaining <= LATE));
  look();
  window.setInterval(look, LOOK_EVERY);
}
