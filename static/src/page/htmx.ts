/** htmx, configured for a page without eval, inline scripts or inline styles. */
import htmx from "htmx.org";

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

/** Says something to screen readers without moving anything: in the room's live region, or the page's own. */
export function announce(text: string): void {
  const region = document.getElementById("room-live") ?? spoken();
  region.textContent = text;
}

function spoken(): HTMLElement {
  const found = document.getElementById("spoken");
  if (found) return found;
  const region = document.createElement("p");
  region.id = "spoken";
  region.className = "sr-only";
  region.setAttribute("aria-live", "polite");
  document.body.append(region);
  return region;
}
