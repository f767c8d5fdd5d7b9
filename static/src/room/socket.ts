/**
 * One WebSocket that comes back. It queues nothing: each module keeps what is not acknowledged, and says it again
 * after `hello`. So nothing can be sent twice by two memories, and a reload needs no other path than a reconnect.
 */
import { Budget, finality, rest, wait, type Final } from "./backoff.ts";
import type { Signal } from "./call/signals.ts";
import type { Incoming, Outgoing } from "./protocol.ts";

export type Link = "connecting" | "open" | "offline" | Final;

const PING_EVERY = 10_000;
const SILENCE = 15_000;
/** A handshake that is refused looks like a lost network; after this many the page asks the server what is wrong. */
const REFUSALS_BEFORE_ASKING = 2;
const CURSOR_RESERVE = 30;

type Handlers = { [T in keyof Incoming]?: ((message: Incoming[T]) => void)[] };

export interface SocketOptions {
  url: () => string;
  /** Says whether the person may still be here, by plain HTTP. */
  ask: () => Promise<Final | null>;
}

export class RoomSocket {
  link: Link = "connecting";
  private socket: WebSocket | null = null;
  private attempt = 0;
  private refusals = 0;
  private heard = 0;
  private timer: number | undefined;
  private budget = new Budget();
  private signals = new Budget(15, 180);
  private readonly handlers: Handlers = {};
  private readonly watchers: ((link: Link) => void)[] = [];

  constructor(private readonly options: SocketOptions) {
    window.addEventListener("online", () => this.reconnectNow());
    window.addEventListener("offline", () => this.socket?.close());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.reconnectNow();
    });
    setInterval(() => this.beat(), PING_EVERY);
  }

  on<T extends keyof Incoming>(type: T, handler: (message: Incoming[T]) => void): void {
    ((this.handlers[type] ??= []) as ((message: Incoming[T]) => void)[]).push(handler);
  }

  onLink(watcher: (link: Link) => void): void {
    this.watchers.push(watcher);
  }

  get isOpen(): boolean {
    return this.link === "open";
  }

  /** Sends, if the room is open; false if it is not, or if too much was said just now. */
  send(message: Outgoing): boolean {
    return this.put(message, 0);
  }

  /** Sends what a call needs, of which much comes at once; the server counts it apart. */
  sendSignal(to: number, data: Signal): void {
    if (!this.isOpen || this.socket?.readyState !== WebSocket.OPEN) return;
    if (this.signals.take(performance.now())) this.socket.send(JSON.stringify({ t: "signal", to, data }));
  }

  /** Sends what may be lost, if there is room for it. */
  sendVolatile(message: Outgoing): void {
    this.put(message, CURSOR_RESERVE);
  }

  connect(): void {
    if (this.isFinal()) return;
    clearTimeout(this.timer);
    this.tell("connecting");
    const socket = new WebSocket(this.options.url());
    this.socket = socket;
    let greeted = false;
    socket.onmessage = (event: MessageEvent<string>) => {
      if (this.socket !== socket) return;
      this.heard = performance.now();
      const message = JSON.parse(event.data) as { t: keyof Incoming };
      if (message.t === "hello") {
        greeted = true;
        this.attempt = this.refusals = 0;
        this.budget = new Budget();
        this.signals = new Budget(15, 180);
        this.tell("open");
      }
      this.dispatch(message.t, message as never);
    };
    socket.onclose = (event) => {
      if (this.socket === socket) void this.closed(event.code, greeted);
    };
  }

  private put(message: Outgoing, reserve: number): boolean {
    if (!this.isOpen || this.socket?.readyState !== WebSocket.OPEN) return false;
    if (!this.budget.take(performance.now(), reserve)) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  private async closed(code: number, greeted: boolean): Promise<void> {
    this.socket = null;
    const told = finality(code);
    // A password that was asked for again in another tab changes the cookie: the one that this socket came with is no
    // more, and whoever comes back with the new one is welcome.
    const asks = told ? told === "logged_out" : !greeted && ++this.refusals >= REFUSALS_BEFORE_ASKING;
    if (asks) this.tell("connecting"); // so that nothing else connects meanwhile
    const final = asks ? await this.ask() : told;
    if (final) return this.tell(final);
    this.tell("offline");
    this.timer = window.setTimeout(() => this.connect(), wait(this.attempt++, Math.random()) + rest(code, Math.random()));
  }

  private async ask(): Promise<Final | null> {
    try {
      return await this.options.ask();
    } catch {
      return null; // no network: that is what the trying is for
    }
  }

  private reconnectNow(): void {
    if (this.link === "offline") this.connect();
  }

  /** A connection that was cut without a word looks open for minutes; silence after a ping gives it away. */
  private beat(): void {
    if (!this.isOpen) return;
    if (performance.now() - this.heard > SILENCE) {
      const dead = this.socket;
      this.socket = null;
      dead?.close();
      void this.closed(1006, true);
    } else {
      this.send({ t: "ping", at: Date.now() });
    }
  }

  private isFinal(): boolean {
    return this.link === "logged_out" || this.link === "seat_lost";
  }

  private dispatch<T extends keyof Incoming>(type: T, message: Incoming[T]): void {
    for (const handler of (this.handlers[type] ?? []) as ((message: Incoming[T]) => void)[]) handler(message);
  }

  private tell(link: Link): void {
    if (this.link === link && link !== "connecting") return;
    this.link = link;
    for (const watcher of this.watchers) watcher(link);
  }
}
