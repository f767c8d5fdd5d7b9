/** The Tools pane: the candidate's capacity calculator, and everybody's view of the trade-off ledger. */
import type { Config } from "../protocol.ts";
import type { RoomSocket } from "../socket.ts";
import { startCalculator } from "./calculator.ts";
import { startLedger } from "./ledger.ts";
import { NotePad } from "./note-pad.ts";

export function startTools(root: HTMLElement, config: Config, socket: RoomSocket): void {
  const pad = new NotePad(root);
  const calculator = root.querySelector<HTMLElement>("#capacity");
  const ledger = root.querySelector<HTMLElement>("#ledger");
  if (calculator) startCalculator(calculator, config.session, pad);
  if (ledger) startLedger(ledger, config, socket, pad);
  for (const place of root.querySelectorAll<HTMLElement>("[data-step-in-work]")) {
    const paint = () => (place.textContent = pad.name(pad.step));
    document.body.addEventListener("room:pane-shown", paint);
    paint();
  }
}
