/** The parts of an ML system, as the page's palette lists them. `id` travels as customData.part and names the kind. */

export type Loop = "offline" | "online" | "bridge";
export type Look = "service" | "store" | "frame";

export interface Part {
  id: string;
  label: string;
  loop: Loop;
  look: Look;
}

/** The part that a palette button stands for. */
export function partOf(button: HTMLElement): Part {
  const { part = "", loop, shape } = button.dataset;
  return { id: part, label: button.textContent?.trim() ?? "", loop: loop as Loop, look: shape as Look };
}
