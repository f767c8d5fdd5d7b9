/** The line across the room that says what happened, what was kept, and what to do. */

export interface Way {
  words: string;
  href: string;
  /** Goes there in its own way, where that is more than following a link. */
  go?: () => void;
}

/** "bad": something is lost or will be. "calm": it is as it should be. "": look here. */
export type Tone = "bad" | "calm" | "";

export function alertRoom(place: HTMLElement | null, words: string, way: Way | null, tone: Tone): void {
  if (!place) return;
  place.replaceChildren(Object.assign(document.createElement("span"), { textContent: words }));
  if (way) {
    const link = Object.assign(document.createElement("a"), { textContent: way.words, href: way.href });
    link.className = "btn btn-sm";
    link.addEventListener("click", (event) => {
      if (!way.go || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      way.go();
    });
    place.append(link);
  }
  place.dataset["tone"] = tone;
  place.dataset["raised"] = "true";
  place.hidden = false;
}

/** Takes back what a script has said; what the page came with stays. */
export function calmRoom(place: HTMLElement | null): void {
  if (place?.dataset["raised"]) place.hidden = true;
}
