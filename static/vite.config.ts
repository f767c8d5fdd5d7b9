import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { compress } from "./build-plugins/compress.ts";
import { excalidraw } from "./build-plugins/excalidraw.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "/static/",
  publicDir: here("src/public"),
  plugins: [tailwindcss(), excalidraw(), compress(here("build"))],
  define: { "process.env.IS_PREACT": JSON.stringify("false") },
  build: {
    outDir: here("build"),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1400,
    rolldownOptions: {
      input: [here("src/app.ts"), here("src/room.ts"), here("src/replay.ts"), here("src/editor.ts")],
      onLog(level, log, log_it) {
        // "use client" in the Radix packages concerns servers; htmx's one eval is switched off by its allowEval.
        const expected = log.code === "MODULE_LEVEL_DIRECTIVE" || (log.code === "EVAL" && log.id?.includes("htmx"));
        if (!expected) log_it(level, log);
      },
    },
  },
});
