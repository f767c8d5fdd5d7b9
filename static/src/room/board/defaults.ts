/** How new shapes look, and what the editor offers. */
export const NUNITO = 6; // Excalidraw's number for the font; it travels with the shapes
export const PLAIN = "#f1f3f5";

/**
 * Solid fill is more than taste: an arrow drawn from middle to middle of two transparent boxes binds to neither.
 * Straight lines and Nunito read better than the hand-drawn look at the sizes of a real diagram.
 */
export const APP_STATE = {
  currentItemBackgroundColor: PLAIN,
  currentItemFillStyle: "solid",
  currentItemRoughness: 0,
  currentItemFontFamily: NUNITO,
  currentItemFontSize: 16,
  currentItemStrokeWidth: 1,
  currentItemArrowType: "sharp",
} as const;

/** Tools whose closed strokes Excalidraw would fill and so hide what they circle. */
const OPEN_STROKES = new Set(["freedraw", "line"]);

/** The fill that a newly chosen tool should have, or null to leave it as it is. */
export function fillFor(tool: string, current: string): string | null {
  if (OPEN_STROKES.has(tool)) return current === PLAIN ? "transparent" : null;
  return current === "transparent" && FILLED.has(tool) ? PLAIN : null;
}

const FILLED = new Set(["rectangle", "ellipse", "diamond"]);

export const UI_OPTIONS = {
  canvasActions: {
    changeViewBackgroundColor: false,
    clearCanvas: false,
    export: false,
    loadScene: false,
    saveToActiveFile: false,
    toggleTheme: false,
    saveAsImage: true,
  },
  tools: { image: false },
} as const;
