/** Other people's cursors, names and selections on the board; and ours, told at most every 50 ms. */
import type { Collaborator, SocketId } from "@excalidraw/excalidraw/types";
import type { Config, Person, PointerState, View } from "../protocol.ts";
import type { Presence } from "../presence.ts";
import type { RoomSocket } from "../socket.ts";
import type { Canvas } from "./canvas.tsx";
import type { Follow } from "./follow.ts";

const EVERY = 50;

export class Cursors {
  private readonly pointers = new Map<number, PointerState>();
  private people: Person[] = [];
  private drawing = false;
  private last = 0;
  private next: PointerState | null = null;
  private laser: Partial<PointerState> = {};
  private own: PointerState = { x: 0, y: 0, tool: "pointer", button: "up", selected: [] };

  constructor(
    private readonly canvas: Canvas,
    private readonly socket: RoomSocket,
    private readonly config: Config,
    presence: Presence,
    private readonly follow: Follow,
  ) {
    socket.on("pointer", ({ seat, ...pointer }) => {
      this.pointers.set(seat, pointer);
      this.draw();
      if (pointer.view) follow.shows(seat, pointer.view);
    });
    presence.onChange((people) => {
      this.people = people;
      this.draw();
    });
  }

  /** Our own cursor moved. */
  moved(pointer: PointerState): void {
    const waiting = this.next !== null;
    this.next = this.own = pointer;
    if (!waiting) setTimeout(() => this.tell(), Math.max(0, EVERY - (performance.now() - this.last)));
  }

  /** Who may only look points with a light: the editor has none for them. */
  shine(on: boolean): void {
    this.laser = on ? { tool: "laser", button: "down" } : {};
    this.moved(this.own);
  }

  /** Two who follow each other would push each other away. */
  private get view(): View | null {
    return this.follow.active ? null : this.canvas.seen;
  }

  /** We look elsewhere, perhaps without moving the cursor. */
  scrolled(): void {
    this.moved(this.own);
  }

  private tell(): void {
    const pointer = this.next;
    this.next = null;
    this.last = performance.now();
    // Alone in the room, nobody would see it.
    const others = this.people.some(({ seat, online }) => online && seat !== this.config.you.seat);
    if (pointer && others) this.socket.sendVolatile({ t: "pointer", ...pointer, ...this.laser, view: this.view });
  }

  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    requestAnimationFrame(() => {
      this.drawing = false;
      this.canvas.setCollaborators(this.collaborators());
    });
  }

  private collaborators(): Map<string, Collaborator> {
    const shown = this.people.filter(({ seat, online }) => online && seat !== this.config.you.seat);
    return new Map(shown.map((person) => [String(person.seat), this.collaborator(person)]));
  }

  private collaborator({ seat, name, color }: Person): Collaborator {
    const id = String(seat) as SocketId;
    const pointer = this.pointers.get(seat);
    return {
      id,
      socketId: id,
      username: name,
      isCurrentUser: false,
      color: { background: tint(color), stroke: color },
      ...(pointer && {
        pointer: { x: pointer.x, y: pointer.y, tool: pointer.tool },
        button: pointer.button,
        selectedElementIds: Object.fromEntries(pointer.selected.map((one) => [one, true as const])),
      }),
    };
  }
}

/** The colour half-way to white: the editor writes names in black on it. */
export function tint(hex: string): string {
  const mixed = [1, 3, 5].map((at) => Math.round((Number.parseInt(hex.slice(at, at + 2), 16) + 255) / 2));
  return mixed.some(Number.isNaN) ? hex : `#${mixed.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}
