/** What surrounds each step's text: its pictures, and the text formatted. */
import type { Config } from "../protocol.ts";
import type { RoomSocket } from "../socket.ts";
import { showPictures, takePictures } from "./pictures.ts";
import { Preview } from "./preview.ts";

export function startNoteViews(root: HTMLElement, config: Config, socket: RoomSocket): void {
  const views = new Map<string, (text: string) => void>();
  for (const panel of root.querySelectorAll<HTMLElement>("[data-step-panel]")) {
    const step = panel.dataset["stepPanel"]!;
    const area = panel.querySelector<HTMLTextAreaElement>("textarea[data-note]");
    const show = view(panel, config.notes[step]?.text ?? "", area);
    if (!area) {
      views.set(step, show);
      continue;
    }
    takePictures(panel);
    for (const type of ["input", "note:filled"]) area.addEventListener(type, () => show(area.value));
    show(area.value);
  }
  socket.on("hello", ({ notes }) => Object.entries(notes).forEach(([step, { text }]) => views.get(step)?.(text)));
  socket.on("notes.changed", ({ step, text }) => views.get(step)?.(text));
}

/** Shows the pictures of a step's text and keeps its preview up to date; called with each new text. */
function view(panel: HTMLElement, first: string, area: HTMLTextAreaElement | null): (text: string) => void {
  const pictures = panel.querySelector<HTMLElement>("[data-note-pictures]");
  const button = panel.querySelector<HTMLButtonElement>("[data-preview]");
  const place = panel.querySelector<HTMLElement>("[data-note-preview]");
  const written = area ?? panel.querySelector<HTMLElement>("[data-note-live]");
  let now = first;
  const preview = button && place && written ? new Preview(button, place, written, () => now) : null;
  panel.addEventListener("note:write", () => preview?.off());
  const show = (text: string) => {
    now = text;
    if (pictures) showPictures(pictures, pictures.dataset["notePictures"]!, text);
    preview?.changed();
  };
  show(first);
  return show;
}
