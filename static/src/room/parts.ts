/** The parts of an ML system, as the page's palette lists them. `id` travels as customData.part and names the kind. */

export type Look = "service" | "store" | "frame";
export type Flow = "online" | "batch" | "stream";

export interface Part {
  id: string;
  label: string;
  look: Look;
  fill: string;
  stroke: string;
}

/** The part that a palette button stands for. */
export function partOf(button: HTMLElement): Part {
  const { part = "", shape, fill = "", stroke = "" } = button.dataset;
  return { id: part, label: button.textContent?.trim() ?? "", look: shape as Look, fill, stroke };
}

/** How an arrow shows its flow; the server reads it so. */
export const STROKES = { online: "solid", batch: "dashed", stream: "dotted" } as const;
