import { expect, test } from "vitest";
import { formatOf } from "./format.ts";

test.each([
  ["system.excalidraw", "", "excalidraw"],
  ["System.MMD", "", "mermaid"],
  ["a.yml", "flowchart LR", "yaml"],
  ["", '  {"type": "excalidraw"}', "excalidraw"],
  ["notes.md", "```mermaid\nflowchart LR", "mermaid"],
  ["", "%% a remark\ngraph TD", "mermaid"],
  ["", "---\ntitle: x\n---\nflowchart LR", "mermaid"],
  ["", "nodes:\n  - {id: a, label: A}", "yaml"],
  ["", "graphs: []", "yaml"],
])("%s that begins with %j is %s", (name, begins, format) => {
  expect(formatOf(name, begins)).toBe(format);
});
