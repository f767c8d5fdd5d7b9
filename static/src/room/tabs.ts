/** The step tabs and the panes, with their keys: arrows in the tab list, Alt+1..9 anywhere, g for the console. */
import type { RoomClock } from "./clock.ts";
import type { Config } from "./protocol.ts";
import type { RoomSocket } from "./socket.ts";

export function startTabs(root: HTMLElement, config: Config, socket: RoomSocket, clock: RoomClock): void {
  const tabs = [...root.querySelectorAll<HTMLButtonElement>("[role=tab][data-step]")];
  const key = `step:${config.session}`;
  let current = "";

  const show = (step: string, focus: boolean) => {
    current = step;
    for (const tab of tabs) {
      const on = tab.dataset["step"] === step;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      if (on && focus) tab.focus();
    }
    for (const panel of root.querySelectorAll<HTMLElement>("[data-step-panel]")) {
      panel.hidden = panel.dataset["stepPanel"] !== step;
    }
    keep(key, step);
    socket.send({ t: "presence.step", step });
  };

  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => show(tab.dataset["step"]!, false));
    tab.addEventListener("keydown", (event) => {
      const to = target(event.key, at, tabs.length);
      if (to === null) return;
      event.preventDefault();
      show(tabs[to]!.dataset["step"]!, true);
    });
  });
  document.addEventListener(
    "keydown",
    (event) => {
      const digit = event.altKey && !event.ctrlKey && !event.metaKey && /^Digit([1-9])$/.exec(event.code);
      const tab = digit && tabs[Number(digit[1]) - 1];
      if (!tab) return;
      event.preventDefault();
      event.stopPropagation();
      document.dispatchEvent(new CustomEvent("room:pane", { detail: "notes" }));
      show(tab.dataset["step"]!, false);
      const panel = root.querySelector<HTMLElement>(`[data-step-panel="${CSS.escape(current)}"]`);
      panel?.querySelector<HTMLElement>("[data-note], [data-note-live]")?.focus();
    },
    true,
  );
  socket.on("hello", () => socket.send({ t: "presence.step", step: current }));
  clock.onPhase((phase) => {
    const timed = new Set(config.steps.filter((step) => step.phase === phase?.id).map(({ id }) => id));
    for (const tab of tabs) tab.dataset["now"] = String(timed.has(tab.dataset["step"]!));
  });
  const first = tabs.some((tab) => tab.dataset["step"] === recall(key)) ? recall(key) : tabs[0]?.dataset["step"];
  if (first) show(first, false);
}

/** Which tab a key leads to from tab `at` of `count`; null for other keys. */
export function target(key: string, at: number, count: number): number | null {
  if (key === "ArrowRight") return (at + 1) % count;
  if (key === "ArrowLeft") return (at + count - 1) % count;
  return key === "Home" ? 0 : key === "End" ? count - 1 : null;
}

/** Panes: on a phone one at a time; on a wide window the board stays and the side switches. */
export function startPanes(root: HTMLElement): void {
  const buttons = [...root.querySelectorAll<HTMLButtonElement>("[data-show-pane]")];
  const wide = window.matchMedia("(min-width: 64rem)");
  let side = "notes";
  let opened = false;

  const show = (pane: string) => {
    root.dataset["pane"] = pane;
    if (pane !== "board") side = pane;
    const seen = pane === "board" && wide.matches ? "notes" : pane;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset["showPane"] === seen));
    if (pane === "console" && !opened) {
      opened = true;
      document.body.dispatchEvent(new CustomEvent("room:console"));
    }
    document.body.dispatchEvent(new CustomEvent("room:pane-shown"));
    window.dispatchEvent(new Event("resize")); // the board measures itself
  };
  for (const button of buttons) button.addEventListener("click", () => show(button.dataset["showPane"]!));
  document.addEventListener("room:pane", (event) => {
    const { detail } = event as CustomEvent<string>;
    if (detail !== "board" || !wide.matches) show(detail); // wide, the board is always there
  });
  wide.addEventListener("change", () => show(wide.matches ? side : (root.dataset["pane"] ?? "board")));
  if (buttons.some((button) => button.dataset["showPane"] === "console")) {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "g" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      show(root.dataset["pane"] === "console" ? "notes" : "console");
      root.querySelector<HTMLElement>("[data-pane=console] #console-search")?.focus();
    });
  }
  show(wide.matches ? "notes" : "board");
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function keep(key: string, value: string): void {
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // The next page then begins at the first step.
  }
}

function recall(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
