/** Shapes as the editor wants them: restored, measured, in its own colours. Excalidraw's functions, and no canvas. */
import { convertToExcalidrawElements, restoreElements } from "@excalidraw/excalidraw";
import type { ExcalidrawElement, ExcalidrawTextElement } from "@excalidraw/excalidraw/element/types";
import type { Part } from "../parts.ts";
import type { Shape } from "../protocol.ts";
import { NUNITO } from "./defaults.ts";
import { between, type Box } from "./place.ts";

const ARROW_GAP = 6;

/** One by one: given several, Excalidraw heals their order and gives new versions to other people's shapes. */
export function restored(shape: Shape): ExcalidrawElement {
  const element = shape as ExcalidrawElement;
  return restoreElements([element], null)[0] ?? element;
}

/** Measured in a fallback font, a label would be too narrow, and clipped when the font arrives. */
export async function fontFor(text: string): Promise<void> {
  try {
    await document.fonts.load("16px Nunito", text);
  } catch {
    // No network: a label that is a little too narrow is better than no part.
  }
}

/** Without an index, each new shape gets one at the top; with the ones they come with, old shapes would be moved. */
export function onTop(elements: readonly ExcalidrawElement[]): ExcalidrawElement[] {
  return elements.map((element) => ({ ...element, index: null }) as ExcalidrawElement);
}

export function labelled(part: Part, box: Box): ExcalidrawElement[] {
  // Stores are square and drawn twice as thick; what works is round.
  const store = part.look === "store";
  const common = { strokeColor: part.stroke, roughness: 0, strokeWidth: store ? 2 : 1 } as const;
  const made = convertToExcalidrawElements([
    {
      ...common,
      ...box,
      type: "rectangle",
      backgroundColor: part.fill,
      fillStyle: "solid",
      roundness: store ? null : { type: 3 },
      customData: { part: part.id },
      label: { text: part.label, fontSize: 16, fontFamily: NUNITO, strokeColor: "#1e1e1e" },
    },
  ]);
  return onTop(made);
}

export function frame(part: Part, box: Box): ExcalidrawElement {
  const element = { type: "frame", id: newId(), name: part.label, customData: { part: part.id }, strokeColor: "#868e96", ...box };
  return onTop(restoreElements([element as unknown as ExcalidrawElement], null))[0]!;
}

export function arrow(from: ExcalidrawElement, to: ExcalidrawElement): ExcalidrawElement {
  const { start, end } = between(from, to, ARROW_GAP);
  const reach = [end[0] - start[0], end[1] - start[1]] as const;
  const binding = (elementId: string) => ({ elementId, focus: 0, gap: ARROW_GAP });
  const element = {
    type: "arrow",
    id: newId(),
    x: start[0],
    y: start[1],
    width: Math.abs(reach[0]),
    height: Math.abs(reach[1]),
    points: [[0, 0], [...reach]],
    startBinding: binding(from.id),
    endBinding: binding(to.id),
    endArrowhead: "arrow",
    roughness: 0,
    strokeWidth: 1,
  };
  return onTop(restoreElements([element as unknown as ExcalidrawElement], null))[0]!;
}

function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36).padStart(2, "0")).join("");
}

/**
 * What the server drew, as new shapes on top. It cannot measure this browser's letters: texts are wrapped and measured
 * here, and stay around the middle that it gave them.
 */
export async function received(shapes: readonly Shape[]): Promise<ExcalidrawElement[]> {
  const given = shapes as readonly unknown[] as readonly ExcalidrawElement[];
  await fontFor(given.map((one) => (one.type === "text" ? one.text : "")).join(""));
  const made = restoreElements(given, null, { refreshDimensions: true });
  const was = new Map(given.map((one) => [one.id, one]));
  return onTop(made.map((one) => (one.type === "text" ? centred(one, was.get(one.id)!) : one)));
}

/** A text that now says something else, measured as the editor would after typing. */
export function measured(text: ExcalidrawTextElement, holder: ExcalidrawElement | undefined): ExcalidrawTextElement {
  const all = holder ? [holder, text] : [text];
  const found = restoreElements(all, null, { refreshDimensions: true }).find(({ id }) => id === text.id);
  return found ? centred(found as ExcalidrawTextElement, text) : text;
}

function centred<T extends ExcalidrawElement>(now: T, was: Box): T {
  return { ...now, x: was.x + (was.width - now.width) / 2, y: was.y + (was.height - now.height) / 2 };
}
