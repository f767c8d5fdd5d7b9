/** The entry of the room page. DOM and events: room/README.md. */
import { alertRoom, calmRoom } from "./room/alert.ts";
import { BoardSync } from "./room/board/sync.ts";
import type { Room } from "./room/board/island.ts";
import { startCheck } from "./room/call/check.ts";
import { startCall } from "./room/call/controls.ts";
import { startChat } from "./room/chat.ts";
import { RoomClock } from "./room/clock.ts";
import { startConsole } from "./room/console/console.ts";
import { flushBeforeForms } from "./room/flush.ts";
import { announce, News, startFreshening } from "./room/news.ts";
import { startNotes, startPrivateNotes } from "./room/notes.ts";
import { Presence } from "./room/presence.ts";
import type { Config } from "./room/protocol.ts";
import { Saved } from "./room/saved.ts";
import { RoomSocket } from "./room/socket.ts";
import { askServer, socketUrl } from "./room/address.ts";
import { Timeline } from "./room/timeline.ts";
import { startPanes, startTabs } from "./room/tabs.ts";
import { startTold } from "./room/told.ts";
import { startTools } from "./room/tools/tools.ts";

declare global {
  interface Window {
    EXCALIDRAW_ASSET_PATH?: string;
  }
}

const root = document.getElementById("room");
const blob = document.getElementById("room-config");
if (root && blob) start(root, JSON.parse(blob.textContent ?? "") as Config);

function start(root: HTMLElement, config: Config): void {
  const find = (id: string) => document.getElementById(id);
  const sync = new BoardSync();
  const news = new News(config.heard);
  const socket = new RoomSocket({ url: () => socketUrl(config, sync.since, news.heard), ask: () => askServer() });
  socket.on("news", ({ events }) => news.take(events).forEach(announce));
  startFreshening();
  const clock = new RoomClock(socket, config, find("clock"));
  const saved = new Saved(socket, find("saved"));
  const presence = new Presence(root, config, socket);
  const timeline = find("timeline");
  if (timeline) new Timeline(timeline, config, clock, presence);
  startPanes(root);
  startTabs(root, config, socket, clock);
  startNotes(root, config, socket, clock, saved);
  startPrivateNotes(root, config, socket, saved);
  startConsole(root, socket, clock);
  startTold(root, config);
  startCall(config, socket, presence, clock);
  startCheck(socket);
  startChat(root, config, socket, saved);
  startTools(root, config, socket);
  flushBeforeForms(saved);
  tellWhatHappens(config, socket, saved, find("room-alert"));
  openBoard({ config, socket, clock, saved, presence, sync, early: { init: null, deltas: [] } });
  socket.connect();
}

/** Loads the editor beside everything else; a board that came first waits for it. */
function openBoard(room: Room): void {
  const place = document.getElementById("board");
  if (!place) return;
  let loaded = false;
  room.socket.on("board.init", (message) => {
    if (!loaded) Object.assign(room.early, { init: message, deltas: [] });
  });
  room.socket.on("board.delta", (message) => {
    if (!loaded) room.early.deltas.push(message);
  });
  window.EXCALIDRAW_ASSET_PATH = "/static/excalidraw/";
  import("./room/board/island.ts")
    .then(({ startBoard }) => startBoard(place, document.getElementById("palette"), room))
    .then(() => (loaded = true))
    .catch((error: unknown) => {
      console.error(error);
      const words = "The whiteboard could not be loaded. Your notes work; reload the page to try again.";
      place.replaceChildren(Object.assign(document.createElement("p"), { className: "board-note", textContent: words }));
    });
}

function tellWhatHappens(config: Config, socket: RoomSocket, saved: Saved, place: HTMLElement | null): void {
  let ended: (() => void) | null = null;
  socket.onLink((link) => {
    if (link === "logged_out") {
      const words = "You are logged out. What is not saved is kept in this tab; log in again and it will be sent.";
      alertRoom(place, words, { words: "Log in", href: config.login_url }, "bad");
    } else if (link === "seat_lost") {
      const words = "You no longer have a seat in this session. Nothing more can be saved here; copy what you need.";
      alertRoom(place, words, { words: "My sessions", href: config.home_url }, "bad");
    } else if (link === "open") {
      calmRoom(place);
      ended?.();
    }
  });
  socket.on("error", ({ message }) => alertRoom(place, message, null, ""));
  // People talk on after the end, over the board: nobody is taken away from it.
  socket.on("ended", ({ reason, report_url }) => {
    const words = reason === "deadline" ? "The time is over." : "The design is handed in.";
    const go = () => void saved.leaveFor(report_url);
    ended = () => alertRoom(place, `${words} Board and notes stay here to talk about.`, { words: "Open the report", href: report_url, go }, "calm");
    ended();
  });
}
