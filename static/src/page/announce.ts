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
