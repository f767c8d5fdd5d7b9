/** The candidate's side: the Tools pane (capacity calculator, trade-off ledger), and what surrounds the notes. */
import type { Config } from "../protocol.ts";
import type { RoomSocket } from "../socket.ts";
import { startCalculator } from "./calculator.ts";
import { startLedger } from "./ledger.ts";
import { NotePad } from "./note-pad.ts";
import { startNoteViews } from "./note-view.ts";

export function startTools(root: HTMLElement, config: Config, socket: RoomSocket): void {
  const pad = new NotePad(root);
  startNoteViews(root, config, socket);
  const calculator = root.querySelector<HTMLElement>("#capacity");
  const ledger = root.querySelector<HTMLElement>("#ledger");
  if (calculator) startCalculator(calculator, config.session, pad);
  if (ledger) startLedger(ledger, config, socket, pad);
  for (const place of root.querySelectorAll<HTMLElement>("[data-step-in-work]")) {
    const paint = () => (place.textContent = pad.name(pad.step));
    document.body.addEventListener("room:pane-shown", paint);
    paint();
  }
  for (const button of root.querySelectorAll<HTMLElement>("[data-go-pane]")) {
    button.addEventListener("click", () => {
      document.dispatchEvent(new CustomEvent("room:pane", { detail: button.dataset["goPane"] }));
    });
  }
}
