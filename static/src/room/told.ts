/** What the interviewer puts before everybody: lines that can be put away, and a dot on the pane that has news. */
import { announce } from "../page/announce.ts";
import type { Config } from "./protocol.ts";

export function startTold(root: HTMLElement, config: Config): void {
  const place = root.querySelector<HTMLElement>(".room-alerts");
  if (!place) return;
  const key = `told:${config.session}`;
  const away = new Set(recall(key));
  const paint = () => {
    for (const line of place.querySelectorAll<HTMLElement>("[data-told]")) line.hidden = away.has(line.dataset["told"]!);
    window.dispatchEvent(new Event("resize")); // the board measures itself
  };
  place.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-put-away]")) return;
    away.add((event.target as Element).closest<HTMLElement>("[data-told]")!.dataset["told"]!);
    keep(key, [...away]);
    paint();
  });
  document.addEventListener("htmx:oobAfterSwap", paint);
  paint();

  if (config.you.role === "interviewer") return;
  const tab = root.querySelector<HTMLElement>('[data-show-pane="prompt"]');
  for (const kind of ["fact_given", "hint_given", "flipped"]) {
    document.body.addEventListener(`room:${kind}`, () => {
      if (tab && root.dataset["pane"] !== "prompt") tab.dataset["fresh"] = "true";
      if (kind === "fact_given") announce("The interviewer has given a fact. It stands under the prompt.");
    });
  }
  document.body.addEventListener("room:pane-shown", () => {
    if (root.dataset["pane"] === "prompt") delete tab?.dataset["fresh"];
  });
}

function recall(key: string): string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    return [];
  }
}

function keep(key: string, ids: string[]): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(ids));
  } catch {
    // The line then comes back with the next page.
  }
}
