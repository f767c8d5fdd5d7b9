/**
 * The connection to one other page. The impolite page makes the two lines, sound and picture, and offers them; the
 * polite one answers on them. Muting, cameras and other devices change what a line carries, and negotiate nothing.
 */
import { Negotiation } from "./negotiation.ts";
import type { LocalMedia, Kind } from "./media.ts";
import type { Matter } from "./signals.ts";

export type Link = "connecting" | "connected" | "lost";

export interface Servers {
  ice_servers: RTCIceServer[];
  /** Seconds for which their passwords are good. */
  expires_in: number;
  relays: boolean;
}

export interface PeerOptions {
  /** The other page. */
  page: string;
  polite: boolean;
  config: RTCConfiguration;
  media: LocalMedia;
  send: (matter: Matter) => void;
  /** Servers with a password that is good. */
  ask: () => Promise<RTCConfiguration>;
  onChange: () => void;
}

/** Milliseconds that a line may be silent before another way is looked for, and between two tries. */
const PATIENCE = 4_000;
const KINDS: Kind[] = ["audio", "video"];

export class Peer {
  readonly page: string;
  readonly stream = new MediaStream();
  link: Link = "connecting";
  private readonly pc: RTCPeerConnection;
  private readonly negotiation: Negotiation;
  private readonly unwatch: () => void;
  private timer: number | undefined;
  private closed = false;

  constructor(private readonly options: PeerOptions) {
    this.page = options.page;
    const pc = (this.pc = new RTCPeerConnection(options.config));
    this.negotiation = new Negotiation(pc, options.polite, options.send, () => this.attach());
    pc.onnegotiationneeded = () => void this.quietly(this.negotiation.offer());
    pc.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      const { sdpMid, sdpMLineIndex, usernameFragment } = candidate;
      options.send({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } });
    };
    pc.ontrack = ({ track }) => {
      this.stream.addTrack(track);
      options.onChange();
    };
    pc.onconnectionstatechange = () => this.linkChanged();
    this.unwatch = options.media.onChange((kind) => void this.quietly(this.carry(kind)));
    if (!options.polite) for (const kind of KINDS) pc.addTransceiver(options.media[kind] ?? kind, { direction: "sendrecv" });
    this.watch();
  }

  hear(matter: Matter): void {
    if ("description" in matter) void this.quietly(this.negotiation.hear(matter.description));
    if ("candidate" in matter) void this.quietly(this.negotiation.hearCandidate(matter.candidate));
  }

  /** The way by which pages tell each other was cut: what was said meanwhile is lost. */
  again(): void {
    if (this.link !== "connected" || this.pc.signalingState !== "stable") this.negotiate();
  }

  close(): void {
    this.closed = true;
    this.unwatch();
    clearTimeout(this.timer);
    this.pc.close();
  }

  private negotiate(): void {
    // The polite one has nothing to offer before it was called.
    if (this.pc.getTransceivers().length) this.negotiation.again();
  }

  private async carry(kind: Kind): Promise<void> {
    if (this.closed) return;
    const line = this.pc.getTransceivers().find(({ receiver }) => receiver.track.kind === kind);
    await line?.sender.replaceTrack(this.options.media[kind]);
  }

  private async attach(): Promise<void> {
    for (const line of this.pc.getTransceivers()) line.direction = "sendrecv";
    for (const kind of KINDS) await this.carry(kind);
  }

  private linkChanged(): void {
    const state = this.pc.connectionState;
    const before = this.link;
    if (state === "connected") this.link = "connected";
    else if (state === "failed" || state === "disconnected") this.link = "lost";
    if (before === "connected" && this.link === "lost") this.watch();
    if (before !== this.link) this.options.onChange();
  }

  /** While there is no way, look for another one, with servers whose passwords are good. */
  private watch(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.quietly(this.search()), PATIENCE);
  }

  private async search(): Promise<void> {
    if (this.closed || this.pc.connectionState === "connected") return;
    this.link = "lost";
    this.options.onChange();
    try {
      this.pc.setConfiguration(await this.options.ask());
    } finally {
      if (!this.closed) {
        this.negotiate();
        this.watch();
      }
    }
  }

  /** What fails here is tried again by `watch`; it is told to whoever looks, and stops nothing. */
  private async quietly(work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!this.closed) console.warn("Call:", error);
    }
  }
}
