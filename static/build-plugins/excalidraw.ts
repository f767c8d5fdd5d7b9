/**
 * Trims Excalidraw 0.18.1 for a page with a strict policy: nothing from other origins, no wasm, worker or eval.
 *
 * What it drops: Mermaid (also kept out of the install, by an override in package.json), the font subsetter, all
 * locales but English, the 12 MB of Chinese glyphs, the fallback to a public font server. Every patch asserts that it
 * found its place, so an upgrade that moves the code fails the build instead of shipping the untrimmed thing.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Plugin } from "vite";

const DIST = dirname(createRequire(import.meta.url).resolve("@excalidraw/excalidraw"));
const FONTS = ["Excalifont", "Nunito", "ComicShanns", "Lilita", "Liberation"];
const STUB = "\0excalidraw-stub:";

const STUBS: Record<string, string> = {
  mermaid: `export async function parseMermaidToExcalidraw() { throw new Error("Mermaid is not part of this board."); }`,
  locale: `export default {};`,
  // The whole font instead of a subset: an exported SVG grows by 20 kB, and the build loses 1.8 MB of wasm.
  subset: `
    export const Commands = { Subset: "SUBSET" };
    export const toBase64 = async (buffer) => {
      let text = "";
      for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
      return "data:font/woff2;base64," + btoa(text);
    };
    export const subsetToBase64 = (buffer) => toBase64(buffer);
    export const subsetToBinary = async (buffer) => buffer;`,
  worker: `export const WorkerUrl = undefined;`,
};

const PATCHES: Record<string, { where: string; apply: (code: string) => string }> = {
  fonts: { where: "ASSETS_FALLBACK_URL", apply: (code) => withoutXiaolai(withoutWorkers(withoutFontServer(code))) },
  cursors: { where: "*10}, 100%, 83%)`", apply: withPeoplesColours },
};

export function excalidraw(): Plugin {
  const applied = new Set<string>();
  return {
    name: "trim-excalidraw",
    enforce: "pre",
    resolveId(source, importer) {
      const stub = stubFor(source, importer);
      if (stub) applied.add(stub);
      return stub ? STUB + stub : null;
    },
    load(id) {
      return id.startsWith(STUB) ? (STUBS[id.slice(STUB.length)] ?? null) : null;
    },
    transform(code, id) {
      const patch = isOurs(id) && Object.entries(PATCHES).find(([, { where }]) => code.includes(where));
      if (!patch) return null;
      applied.add(patch[0]);
      return { code: patch[1].apply(code), map: null };
    },
    buildEnd(error) {
      const missing = [...Object.keys(STUBS), ...Object.keys(PATCHES)].filter((name) => !applied.has(name));
      if (!error && missing.length) this.error(`Excalidraw has changed: nothing to trim for ${missing.join(", ")}.`);
    },
    generateBundle() {
      for (const family of FONTS) {
        for (const file of readdirSync(join(DIST, "fonts", family)).filter((name) => name.endsWith(".woff2"))) {
          const source = readFileSync(join(DIST, "fonts", family, file));
          this.emitFile({ type: "asset", fileName: `excalidraw/fonts/${family}/${file}`, source });
        }
      }
    },
  };
}

function isOurs(file: string): boolean {
  return file.includes("/@excalidraw/excalidraw/dist/prod/");
}

function stubFor(source: string, importer: string | undefined): string | null {
  if (source === "@excalidraw/mermaid-to-excalidraw") return "mermaid";
  if (!importer || !isOurs(importer)) return null;
  if (source === "./subset-shared.chunk.js") return "subset";
  if (source === "./subset-worker.chunk.js") return "worker";
  return source.startsWith("./locales/") && !source.startsWith("./locales/en-") ? "locale" : null;
}

function withoutFontServer(code: string): string {
  return replaceOnce(code, /return (\w+)\.push\(new URL\(\w+,\w+\.ASSETS_FALLBACK_URL\)\),\1\}/, "return $1}")
    .replaceAll("https://esm.sh/", "about:blank#");
}

/** Cursors in the colour that a person has everywhere else in the room, instead of one made from the id. */
function withPeoplesColours(code: string): string {
  return replaceOnce(code, /\((\w+),(\w+)\)=>(`hsl\(\$\{Math\.abs)/, "($1,$2)=>$2?.color?.background||$3");
}

function withoutWorkers(code: string): string {
  return replaceOnce(code, /=typeof Worker<"u",/, "=false,");
}

/** Empties the list of the 205 Xiaolai files and drops the variables that name them. */
function withoutXiaolai(code: string): string {
  const names = [...code.matchAll(/var ([\w$]+)="\.\/fonts\/Xiaolai\/[^"]+";/g)].map((found) => found[1]);
  if (names.length < 100) throw new Error("Excalidraw has changed: the Xiaolai fonts are declared elsewhere.");
  const list = new RegExp(`=\\[\\{uri:${names[0]?.replace(/\$/g, "\\$")},.*?\\}\\}\\]`, "s");
  return replaceOnce(code, list, "=[]").replace(/var [\w$]+="\.\/fonts\/Xiaolai\/[^"]+";/g, "");
}

function replaceOnce(code: string, pattern: RegExp, replacement: string): string {
  if (!pattern.test(code)) throw new Error(`Excalidraw has changed: ${pattern} is not found.`);
  return code.replace(pattern, replacement);
}
