/** Names for two of the editor's buttons that have none, or one that leaves out what they show. */
export function nameButtons(board: HTMLElement): void {
  const name = () => {
    const menu = board.querySelector(".main-menu-trigger:not([aria-label])");
    menu?.setAttribute("aria-label", "Board menu");
    const zoom = board.querySelector(".reset-zoom-button");
    const words = `${zoom?.textContent ?? ""}, reset zoom`;
    if (zoom && zoom.getAttribute("aria-label") !== words) zoom.setAttribute("aria-label", words);
  };
  name();
  new MutationObserver(name).observe(board, { childList: true, characterData: true, subtree: true });
}
