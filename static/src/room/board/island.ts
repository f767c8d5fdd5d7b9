/** The board's island: joins the editor, the merge and the socket. Loaded after the page, which works without it. */
import { onTheme } from "../../page/theme.ts";
import type { RoomClock } from "../clock.ts";
import { Palette } from "../palette.ts";
import type { Presence } from "../presence.ts";
import type { Config, Incoming, Shape } from "../protocol.ts";
import type { Keeper, Saved } from "../saved.ts";
import type { RoomSocket } from "../socket.ts";
import { Outline } from "../outline.ts";
import { startSystem } from "../system.ts";
import { Canvas } from "./canvas.tsx";
import { Cursors } from "./cursors.ts";
import { Follow } from "./follow.ts";
import { keep, recall } from "./kept.ts";
import { inOrder } from "./merge.ts";
import { nameButtons } from "./names.ts";
import { BoardSync } from "./sync.ts";

/** At most this often, in ms, are changes sent; a refused batch rests longer. */
const EVERY = 80;
const REST = 1_000;

export interface Room {
  config: Config;
  socket: RoomSocket;
  clock: RoomClock;
  presence: Presence;
  saved: Saved;
  sync: BoardSync;
  /** Board messages that came before the island was there. */
  early: { init: Incoming["board.init"] | null; deltas: Incoming["board.delta"][] };
}

export async function startBoard(place: HTMLElement, palettePlace: HTMLElement | null, room: Room): Promise<void> {
  let link: BoardLink | null = null;
  let cursors: Cursors | null = null;
  let open = false;
  const begin = document.getElementById("begin");
  const offer = () => {
    if (begin && link) begin.hidden = !(open && link.shownOnce && link.isEmpty);
  };
  const canvas = await Canvas.mount(place, {
    changed: () => {
      link?.changed();
      offer();
    },
    pointed: (pointer) => cursors?.moved(pointer),
    scrolled: () => cursors?.scrolled(),
  });
  nameButtons(place);
  if (room.config.you.role === "interviewer") canvas.setPen(room.config.you.color);
  link = new BoardLink(canvas, room);
  cursors = new Cursors(canvas, room.socket, room.config, room.presence, new Follow(place, canvas, room.presence));
  startLaser(cursors);
  room.saved.add(link);
  onTheme((dark) => canvas.setDark(dark));
  window.addEventListener("resize", () => canvas.refresh());
  const palette =
    palettePlace &&
    new Palette(palettePlace, place, {
      insert: (part, at) => canvas.insert(part, at),
      connect: () => canvas.connect(),
      flow: (flow) => canvas.flow(flow),
    });
  const root = document.getElementById("room")!;
  startSystem(root, room.socket, canvas);
  const outline = new Outline(root, room.socket, canvas);
  room.clock.onChange(() => {
    open = room.clock.canEdit && room.config.draws;
    canvas.setViewOnly(!open);
    palette?.enable(open);
    outline.enable(open);
    offer();
  });
}

function startLaser(cursors: Cursors): void {
  const button = document.getElementById("laser");
  button?.addEventListener("click", () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    cursors.shine(on);
  });
}

class BoardLink implements Keeper {
  private timer: number | undefined;
  shownOnce = false;

  constructor(
    private readonly canvas: Canvas,
    private readonly room: Room,
  ) {
    const { socket, sync, early, config } = room;
    const kept = recall(config.session);
    if (kept.length) canvas.show(inOrder(kept));
    socket.on("board.init", (message) => this.init(message));
    socket.on("board.delta", (message) => this.show(sync.delta(message, canvas.shapes, canvas.busy)));
    socket.on("board.seq", ({ seq }) => sync.heardOf(seq));
    socket.on("board.ack", (message) => this.show(sync.ack(message, canvas.shapes, canvas.busy)));
    socket.on("board.reject", (message) => this.rejected(message));
    socket.onLink((link) => {
      if (link !== "open") sync.disconnected();
    });
    room.clock.onChange(() => this.schedule(EVERY));
    window.addEventListener("pagehide", () => {
      this.push();
      keep(config.session, sync.waiting(canvas.shapes));
    });
    if (early.init) this.init(early.init);
    for (const message of early.deltas) this.show(sync.delta(message, canvas.shapes, canvas.busy));
  }

  get isEmpty(): boolean {
    return this.canvas.isEmpty;
  }

  unsaved(): number {
    return this.room.sync.unsaved(this.canvas.shapes);
  }

  /** The scene changed, by hand or by what came from elsewhere; only the versions tell which. */
  changed(): void {
    this.show(this.room.sync.settle(this.canvas.shapes, this.canvas.busy));
    this.schedule(EVERY);
  }

  push(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { socket, sync, clock } = this.room;
    if (!socket.isOpen || !clock.canEdit) return;
    for (const { ref, elements } of sync.take(this.canvas.shapes)) {
      if (socket.send({ t: "board.delta", ref, elements })) continue;
      sync.reject(ref, "rate");
      this.schedule(REST);
    }
  }

  private init(message: Incoming["board.init"]): void {
    this.show(this.room.sync.init(message, this.canvas.shapes, this.canvas.busy));
    if (!this.shownOnce) this.canvas.scrollToContent();
    this.shownOnce = true;
    keep(this.room.config.session, []);
    this.schedule(0);
  }

  private rejected({ ref, code, message, accepted }: Incoming["board.reject"]): void {
    const again = this.room.sync.reject(ref, code, accepted);
    if (!again || code === "forbidden") this.canvas.toast(message);
    this.schedule(code === "invalid" || code === "too_big" ? EVERY : REST);
  }

  private show(scene: Shape[] | null): void {
    if (scene) this.canvas.show(scene);
  }

  private schedule(after: number): void {
    this.timer ??= window.setTimeout(() => this.push(), after);
  }
}
