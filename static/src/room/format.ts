/** Which format a drawing comes in: by its file's ending, else by how it begins. */
export type Format = "excalidraw" | "mermaid" | "yaml";

const ENDINGS: Record<string, Format> = {
  excalidraw: "excalidraw",
  json: "excalidraw",
  mmd: "mermaid",
  mermaid: "mermaid",
  yaml: "yaml",
  yml: "yaml",
};

export function formatOf(name: string, begins: string): Format {
  const ending = ENDINGS[name.toLowerCase().split(".").pop() ?? ""];
  if (ending) return ending;
  if (/^\s*\{/.test(begins)) return "excalidraw";
  return /^\s*(```mermaid|%%|graph\b|flowchart\b|---\s)/.test(begins) ? "mermaid" : "yaml";
}
