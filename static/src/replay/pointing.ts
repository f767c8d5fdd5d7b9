/** Links to seconds, and the ribbon under the pointer. */

/** The second that a link leads to; null for any other link. */
function second(link: Element | null): number | null {
  const found = /^\?t=(\d+)$/.exec(link?.getAttribute("href") ?? "");
  return found ? Number(found[1]) : null;
}

/** Follows links to seconds without loading the page. */
export function startLinks(root: HTMLElement, go: (second: number) => void): void {
  root.addEventListener("click", (event) => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest("a");
    const to = second(link);
    if (to === null) return;
    event.preventDefault();
    // A bar of the ribbon has already led to the place where it was pressed.
    if (!link?.querySelector("rect") || link.querySelector(".ribbon-event")) go(to);
  });
}

/** A press on a line of the ribbon leads to the second under it; the pointer may go on from there. */
export function startRibbon(root: HTMLElement, duration: number, go: (second: number) => void): void {
  const place = (line: Element, x: number) => {
    const { left, width } = line.getBoundingClientRect();
    go(Math.round(((x - left) / Math.max(width, 1)) * duration));
  };
  for (const line of root.querySelectorAll<HTMLElement>(".ribbon-line")) {
    line.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || (event.target as Element).closest(".ribbon-event")) return;
      line.setPointerCapture(event.pointerId);
      place(line, event.clientX);
    });
    line.addEventListener("pointermove", (event) => {
      if (line.hasPointerCapture(event.pointerId)) place(line, event.clientX);
    });
    line.addEventListener("dragstart", (event) => event.preventDefault());
  }
}
