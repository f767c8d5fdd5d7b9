/** Seconds that count on the page between two answers of the server, which alone decides. */

interface Counting {
  element: HTMLElement;
  from: number;
  began: number;
}

/** Elements that count: `data-counts` is "up" or "down", `data-from` the seconds that the server showed. */
export function startCounting(): void {
  let counting = found();
  const paint = (): void => {
    const now = performance.now();
    for (const { element, from, began } of counting) {
      const seconds = counted(from, (now - began) / 1000, element.dataset["counts"] === "down");
      if (element instanceof HTMLProgressElement) element.value = seconds;
      else element.textContent = figures(seconds);
    }
  };
  document.addEventListener("htmx:afterSettle", () => {
    counting = found(counting);
    paint();
  });
  setInterval(paint, 500);
}

function found(before: Counting[] = []): Counting[] {
  return [...document.querySelectorAll<HTMLElement>("[data-counts]")].map(
    (element) =>
      before.find((one) => one.element === element) ?? {
        element,
        from: Number(element.dataset["from"]) || 0,
        began: performance.now(),
      },
  );
}

/** What a count that stood at `from` shows after `passed` seconds; never less than nothing. */
export function counted(from: number, passed: number, down: boolean): number {
  return Math.max(0, down ? from - passed : from + passed);
}

/** "12:05", of whole seconds that have passed. */
export function figures(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
