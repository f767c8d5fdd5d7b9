/** Copy buttons: `data-copy` names what is copied by a selector. */

export function startClipboard(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (button) void copy(button, document.querySelector<HTMLElement>(button.dataset["copy"] ?? ""));
  });
}

async function copy(button: HTMLElement, source: HTMLElement | null): Promise<void> {
  if (!source) return;
  const text = source instanceof HTMLInputElement ? source.value : (source.textContent ?? "").trim();
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    if (source instanceof HTMLInputElement) source.select();
    button.textContent = "Press Ctrl+C";
  }
  setTimeout(() => (button.textContent = before), 2000);
}
