/** The keys of the player. */

export type Command = { do: "toggle" } | { do: "by"; seconds: number } | { do: "start" | "end" | "next" | "previous" };

const STEP = 5;
const STRIDE = 30;

/** What a key means; null for what is none of the player's. */
export function command(key: string, shift: boolean): Command | null {
  const by = shift ? STRIDE : STEP;
  switch (key) {
    case " ":
      return { do: "toggle" };
    case "ArrowRight":
      return { do: "by", seconds: by };
    case "ArrowLeft":
      return { do: "by", seconds: -by };
    case "Home":
      return { do: "start" };
    case "End":
      return { do: "end" };
    case ".":
      return { do: "next" };
    case ",":
      return { do: "previous" };
    default:
      return null;
  }
}

/**
 * Listens while the player has the focus, as WCAG 2.1.4 asks of keys without a modifier. Where nothing has it, space
 * and the arrows are the player's too. Controls keep the keys that they know themselves.
 */
export function startKeys(root: HTMLElement, run: (command: Command) => void): void {
  document.addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
    const found = command(event.key, event.shiftKey);
    if (!found || !isOurs(root, target, found)) return;
    event.preventDefault();
    run(found);
  });
}

function isOurs(root: HTMLElement, target: HTMLElement, found: Command): boolean {
  if (target === document.body) return found.do === "toggle" || found.do === "by";
  if (!root.contains(target) || target.closest("select")) return false;
  return found.do !== "toggle" || !target.closest("button, summary, input:not([type=range])");
}
