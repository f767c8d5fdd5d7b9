/** The steps' notes: the candidate's areas save themselves, everybody else reads along. */
import type { RoomClock } from "./clock.ts";
import { NoteBox } from "./note-box.ts";
import type { Config, Text } from "./protocol.ts";
import type { Saved } from "./saved.ts";
import type { RoomSocket } from "./socket.ts";

const EMPTY: Text = { text: "", version: 0 };

export function startNotes(root: HTMLElement, config: Config, socket: RoomSocket, clock: RoomClock, saved: Saved): void {
  const boxes = new Map<string, NoteBox>();
  for (const area of root.querySelectorAll<HTMLTextAreaElement>("textarea[data-note]")) {
    const step = area.dataset["note"] ?? "";
    const places = { area, state: find(root, "data-note-state", step), conflict: find(root, "data-note-conflict", step) };
    const line = {
      send: (save: { ref: number; text: string; base: number }) => socket.send({ t: "notes.save", step, ...save }),
      online: () => socket.isOpen,
      open: () => clock.canEdit,
    };
    const box = new NoteBox(places, line, config.notes[step] ?? EMPTY, `note:${config.session}:${step}`);
    boxes.set(step, box);
    saved.add(box);
    markWritten(root, step, box.text);
    for (const type of ["input", "note:filled"]) area.addEventListener(type, () => markWritten(root, step, area.value));
  }
  follow(boxes, socket, clock);
  readAlong(root, config, socket);
}

function follow(boxes: Map<string, NoteBox>, socket: RoomSocket, clock: RoomClock): void {
  socket.on("hello", ({ notes }) => boxes.forEach((box, step) => box.greet(notes[step] ?? EMPTY)));
  socket.on("notes.ack", ({ step, ref, version }) => boxes.get(step)?.acked(ref, version));
  socket.on("notes.reject", ({ step, ref, code, message, text, version }) => {
    boxes.get(step)?.rejected(ref, code, message, both(text, version));
  });
  socket.on("notes.changed", ({ step, text, version }) => boxes.get(step)?.changed({ text, version }));
  socket.onLink((link) => {
    if (link !== "open") boxes.forEach((box) => box.disconnected());
  });
  clock.onChange(() => {
    boxes.forEach((box) => {
      box.readOnly(!clock.canEdit);
      if (clock.canEdit) box.reopened();
    });
  });
}

/** The live copies that the interviewer and observers read. */
function readAlong(root: HTMLElement, config: Config, socket: RoomSocket): void {
  const show = (step: string, text: string) => {
    const place = find(root, "data-note-live", step);
    if (!place) return;
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
    if (place.textContent !== text) place.textContent = text;
    if (atEnd) place.scrollTop = place.scrollHeight;
    markWritten(root, step, text);
  };
  const all = (notes: Record<string, Text>) => Object.entries(notes).forEach(([step, { text }]) => show(step, text));
  all(config.notes);
  socket.on("hello", ({ notes }) => all(notes));
  socket.on("notes.changed", ({ step, text }) => show(step, text));
}

/** The interviewer's own notes, which nobody else receives. They may be written before, during and after. */
export function startPrivateNotes(root: HTMLElement, config: Config, socket: RoomSocket, saved: Saved): void {
  const area = root.querySelector<HTMLTextAreaElement>("textarea[data-private]");
  if (!area) return;
  const places = {
    area,
    state: root.querySelector<HTMLElement>("[data-private-state]"),
    conflict: root.querySelector<HTMLElement>("[data-private-conflict]"),
  };
  const line = {
    send: (save: { ref: number; text: string; base: number }) => socket.send({ t: "private.save", ...save }),
    online: () => socket.isOpen,
    open: () => true,
  };
  const box = new NoteBox(places, line, config.private ?? EMPTY, `private:${config.session}:${config.you.seat}`);
  saved.add(box);
  socket.on("hello", (hello) => box.greet(hello.private ?? EMPTY));
  socket.on("private.ack", ({ ref, version }) => box.acked(ref, version));
  socket.on("private.reject", ({ ref, code, message, text, version }) => {
    box.rejected(ref, code, message, both(text, version));
  });
  socket.onLink((link) => {
    if (link !== "open") box.disconnected();
  });
}

function both(text: string | undefined, version: number | undefined): Text | null {
  return text === undefined || version === undefined ? null : { text, version };
}

function find(root: HTMLElement, attribute: string, step: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[${attribute}="${CSS.escape(step)}"]`);
}

function markWritten(root: HTMLElement, step: string, text: string): void {
  const tab = find(root, "data-step", step);
  if (tab) tab.dataset["written"] = String(text.trim() !== "");
}
