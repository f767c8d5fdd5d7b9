/**
 * The call of the people who talk: a connection to each of the others' pages, found over the room's socket. Who joins
 * says so to everybody; pages that do not take part still show who does.
 */
import type { Config, Person } from "../protocol.ts";
import type { RoomSocket } from "../socket.ts";
import { LocalMedia } from "./media.ts";
import { Peer, type Servers } from "./peer.ts";
import { Roster, type Caller } from "./roster.ts";
import type { Matter, PageState, Signal } from "./signals.ts";

export type Refusal = "no_relay" | "no_servers";

/** Another person in the call, as their tile shows them; `peer` only while this page takes part. */
export interface Other {
  person: Person;
  caller: Caller;
  peer: Peer | null;
}

export class Call {
  readonly media = new LocalMedia();
  joined = false;
  relays = false;
  hides = false;
  private people: Person[] = [];
  private readonly page = pageName();
  private readonly roster = new Roster();
  private readonly peers = new Map<number, Peer>();
  private rtc: RTCConfiguration = {};
  private servers: RTCIceServer[] = [];
  /** Until when they are not asked for again, on the browser's own clock in ms. */
  private freshUntil = 0;
  private readonly watchers: (() => void)[] = [];
  private readonly movers: (() => void)[] = [];

  constructor(
    private readonly config: Config,
    private readonly socket: RoomSocket,
    private readonly url: string,
  ) {
    socket.on("signal", ({ from, data }) => this.hear(from, data));
    socket.on("hello", () => {
      this.tellAll(true);
      for (const peer of this.peers.values()) peer.again();
    });
    this.media.onChange(() => {
      if (this.joined) this.tellAll(false);
      this.changed();
    });
    window.addEventListener("pagehide", () => this.leave());
  }

  onChange(watcher: () => void): void {
    this.watchers.push(watcher);
  }

  /** Calls back when this person has joined by another window, and this one has left. */
  onMoved(watcher: () => void): void {
    this.movers.push(watcher);
  }

  get others(): Other[] {
    return this.talkers().flatMap((person) => {
      const caller = this.roster.callers.get(person.seat);
      return caller ? [{ person, caller, peer: this.peers.get(person.seat) ?? null }] : [];
    });
  }

  /** Who is in the room: whoever comes is told, of whoever has gone and cannot be heard nothing is shown any more. */
  setPeople(people: Person[]): void {
    const before = new Set(this.talkers().map(({ seat }) => seat));
    this.people = people;
    for (const { seat } of this.talkers()) if (!before.has(seat)) this.tell(seat, null, this.state(true));
    for (const seat of this.roster.callers.keys()) {
      const online = this.talkers().some((person) => person.seat === seat);
      if (!online && this.peers.get(seat)?.link !== "connected") this.part(seat);
    }
    this.changed();
  }

  /** Takes part from now on; says why not where that cannot be. The microphone may be opened before or after. */
  async join(hides: boolean): Promise<Refusal | null> {
    this.hides = hides;
    try {
      this.rtc = await this.ask();
    } catch {
      return "no_servers";
    }
    if (hides && !this.relays) return "no_relay";
    this.joined = true;
    this.tellAll(true);
    this.tell(this.config.you.seat, null, this.state(false)); // to other windows of one's own
    for (const seat of this.roster.callers.keys()) this.meet(seat);
    this.changed();
    return null;
  }

  leave(): void {
    if (!this.joined) return;
    this.joined = false;
    this.tellAll(false);
    for (const seat of this.peers.keys()) this.hangUp(seat);
    this.media.close("audio");
    this.media.close("video");
    this.changed();
  }

  private hear(from: number, data: Signal): void {
    if (data.me === this.page || (data.you !== null && data.you !== this.page)) return;
    if (from === this.config.you.seat) return this.hearOwn(data);
    if (!("state" in data)) {
      const peer = this.peers.get(from);
      if (peer?.page === data.me) peer.hear(data);
      return;
    }
    const step = this.roster.hear(from, data.me, data.state);
    if (step === "part" || step === "meet-again") this.hangUp(from);
    if (this.joined && (step === "meet" || step === "meet-again")) this.meet(from);
    if (data.state.asks && this.joined) this.tell(from, data.me, this.state(false));
    this.changed();
  }

  private hearOwn(data: Signal): void {
    if (!("state" in data) || !data.state.here || !this.joined) return;
    this.leave();
    for (const mover of this.movers) mover();
  }

  private meet(seat: number): void {
    const caller = this.roster.callers.get(seat);
    if (!caller || this.peers.has(seat)) return;
    const peer = new Peer({
      page: caller.page,
      polite: this.config.you.seat > seat,
      config: this.rtc,
      media: this.media,
      send: (matter) => this.tell(seat, caller.page, matter),
      ask: async () => (this.rtc = await this.ask()),
      onChange: () => this.changed(),
    });
    this.peers.set(seat, peer);
  }

  private part(seat: number): void {
    this.roster.forget(seat);
    this.hangUp(seat);
  }

  private hangUp(seat: number): void {
    this.peers.get(seat)?.close();
    this.peers.delete(seat);
  }

  /** How to connect. The servers are asked for again once half of their passwords' time has passed. */
  private async ask(): Promise<RTCConfiguration> {
    if (performance.now() >= this.freshUntil) await this.fetchServers();
    // One way for sound and picture: a relay would otherwise give out a port for each, and count both.
    return { iceServers: this.servers, iceTransportPolicy: this.hides ? "relay" : "all", bundlePolicy: "max-bundle" };
  }

  private async fetchServers(): Promise<void> {
    const answer = await fetch(this.url, { headers: { Accept: "application/json" } });
    if (answer.status === 403) this.leave(); // the hour after the end is over, or the seat is lost
    if (!answer.ok) throw new Error(`The call's servers: ${answer.status}`);
    const { ice_servers, expires_in, relays } = (await answer.json()) as Servers;
    [this.servers, this.relays] = [ice_servers, relays];
    this.freshUntil = performance.now() + (expires_in * 1000) / 2;
  }

  private talkers(): Person[] {
    const { seat } = this.config.you;
    return this.people.filter((one) => one.online && one.role !== "observer" && one.seat !== seat);
  }

  private state(asks: boolean): { state: PageState } {
    return { state: { here: this.joined, asks, mic: this.media.mic, camera: this.media.video !== null } };
  }

  private tellAll(asks: boolean): void {
    for (const { seat } of this.talkers()) this.tell(seat, null, this.state(asks));
  }

  private tell(seat: number, you: string | null, matter: Matter): void {
    this.socket.sendSignal(seat, { me: this.page, you, ...matter });
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher();
  }
}

function pageName(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))].map((one) => one.toString(16).padStart(2, "0")).join("");
}
