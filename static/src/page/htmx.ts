/** htmx, configured for a page without eval, inline scripts or inline styles. */
import htmx from "htmx.org";
import { announce } from "./announce.ts";

export function startHtmx(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    selfRequestsOnly: true,
    includeIndicatorStyles: false,
    historyCacheSize: 0,
    // A refusal (409, 404, 422, ...) comes with a fragment that says what happened; show it.
    responseHandling: [
      { code: "204", swap: false },
      { code: "[2345]..", swap: true },
    ],
  });
  document.addEventListener("htmx:sendError", () => announce("No connection. Nothing was changed; try again."));
}
