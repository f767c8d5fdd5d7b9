/**
 * `details[data-fold]`: parts of a long page. The server sends them open; on a narrow page they are shut, but for the one
 * that the address leads into. Whoever is led into another has it opened, and on paper all of it stands.
 */

const FOLDS = "details[data-fold]";
/** By the part's id: what was chosen by hand, which holds when a piece of the page comes anew. */
const chosen = new Map<string, boolean>();

export function startFolds(): void {
  const narrow = matchMedia("(max-width: 47.99rem)");
  const settle = (): void => {
    for (const fold of folds()) fold.open = chosen.get(fold.id) ?? (!narrow.matches || fold.contains(named(location.hash)));
  };
  settle();
  if (narrow.matches && named(location.hash)?.closest(FOLDS)) named(location.hash)?.scrollIntoView();
  narrow.addEventListener("change", settle);
  document.addEventListener("htmx:load", settle);
  window.addEventListener("hashchange", () => reveal(named(location.hash)));
  document.addEventListener("click", follow);
  let shut: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    shut = folds().filter((fold) => !fold.open);
    for (const fold of shut) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of shut) fold.open = false;
  });
}

function folds(): HTMLDetailsElement[] {
  return [...document.querySelectorAll<HTMLDetailsElement>(FOLDS)];
}

/** A press on a summary is a choice; one on a link into a part opens it before the browser goes there. */
function follow(event: MouseEvent): void {
  const pressed = event.target as Element;
  const summary = pressed.closest("summary");
  const fold = summary?.parentElement;
  if (fold instanceof HTMLDetailsElement && fold.matches(FOLDS) && !event.defaultPrevented) chosen.set(fold.id, !fold.open);
  const link = pressed.closest<HTMLAnchorElement>('a[href^="#"]');
  if (link) reveal(named(link.hash));
}

function reveal(place: Element | null): void {
  for (let fold = place?.closest<HTMLDetailsElement>(FOLDS); fold; fold = fold.parentElement?.closest<HTMLDetailsElement>(FOLDS)) {
    fold.open = true;
  }
}

function named(hash: string): Element | null {
  return hash.length > 1 ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
}
