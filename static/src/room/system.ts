/** The System pane: asks again when the board has changed, points at what is spoken of, and takes corrections. */
import type { RoomSocket } from "./socket.ts";

/** ms without a change before the board is read again; people draw in bursts. */
const CALM = 1_200;

export interface SystemActions {
  /** Selects these elements and brings them into view. */
  point: (ids: readonly string[]) => void;
  /** Says what a part is; an empty kind leaves it to its label. */
  state: (id: string, kind: string) => void;
}

export function startSystem(root: HTMLElement, socket: RoomSocket, actions: SystemActions): void {
  const place = root.querySelector<HTMLElement>("#system");
  const kinds = root.querySelector<HTMLTemplateElement>("#system-kinds");
  if (!place || !kinds) return;
  let timer: number | undefined;

  const ask = () => {
    if (root.dataset["pane"] !== "system") return;
    // Swapping the list would take an open choice away from under the hand.
    if (place.querySelector("select")) later();
    else document.body.dispatchEvent(new CustomEvent("room:system"));
  };
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, CALM);
  };
  for (const news of ["board.init", "board.ack", "board.delta", "board.seq"] as const) socket.on(news, later);
  document.body.addEventListener("room:pane-shown", ask);
  place.addEventListener("htmx:configRequest", (event) => {
    const seen = place.querySelector<HTMLElement>("#system-seen")?.dataset["seen"];
    if (seen) (event as CustomEvent<{ parameters: Record<string, string> }>).detail.parameters["seen"] = seen;
  });
  place.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-point], [data-correct]");
    if (button?.dataset["point"]) {
      document.dispatchEvent(new CustomEvent("room:pane", { detail: "board" }));
      actions.point(button.dataset["point"].split(" "));
    } else if (button?.dataset["correct"]) choose(button as HTMLButtonElement, kinds, actions);
  });
}

/** Puts the list of kinds in the button's place until one is chosen or the list is left. */
function choose(button: HTMLButtonElement, kinds: HTMLTemplateElement, actions: SystemActions): void {
  const select = (kinds.content.cloneNode(true) as DocumentFragment).querySelector("select")!;
  select.value = button.dataset["kind"] ?? "";
  let left = false;
  const leave = (focus: boolean) => {
    if (left) return; // taking the list away blurs it
    left = true;
    select.replaceWith(button);
    if (focus) button.focus();
  };
  select.addEventListener("change", () => {
    actions.state(button.dataset["correct"]!, select.value);
    button.textContent = select.value ? select.selectedOptions[0]!.textContent : "Reading the label…";
    leave(true);
  });
  select.addEventListener("blur", () => leave(false));
  select.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(true);
  });
  button.replaceWith(select);
  select.focus();
}
