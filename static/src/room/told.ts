/** What the interviewer puts before everybody: lines that can be put away, and a dot on the pane that has news. */
import { announce } from "../page/announce.ts";
import { keepFor, kept } from "./kept-in-tab.ts";
import type { Config } from "./protocol.ts";

export function startTold(root: HTMLElement, config: Config): void {
  const place = root.querySelector<HTMLElement>(".room-alerts");
  if (!place) return;
  const key = `told:${config.session}`;
  const away = new Set(kept<string[]>(key) ?? []);
  const paint = () => {
    for (const line of place.querySelectorAll<HTMLElement>("[data-told]")) line.hidden = away.has(line.dataset["told"]!);
    window.dispatchEvent(new Event("resize")); // the board measures itself
  };
  place.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("[data-put-away]")) return;
    away.add((event.target as Element).closest<HTMLElement>("[data-told]")!.dataset["told"]!);
    keepFor(key, [...away]);
    paint();
  });
  document.addEventListener("htmx:oobAfterSwap", paint);
  paint();

  if (config.you.role === "interviewer") return;
  const tab = root.querySelector<HTMLElement>('[data-show-pane="prompt"]');
  for (const kind of ["fact_given", "hint_given", "flipped"]) {
    document.body.addEventListener(`room:${kind}`, () => {
      if (tab && root.dataset["pane"] !== "prompt") tab.dataset["fresh"] = "true";
      if (kind === "fact_given") announce("A fact was given. It stands under the prompt.");
    });
  }
  document.body.addEventListener("room:pane-shown", () => {
    if (root.dataset["pane"] === "prompt") delete tab?.dataset["fresh"];
  });
}
