/** This browser's microphone and camera: opened, muted, changed, closed. The camera is off until somebody wants it. */
import type { Mic } from "./signals.ts";

export type Kind = "audio" | "video";

const AUDIO: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
/** Small: a tile beside the board, and up to three of them. */
const VIDEO: MediaTrackConstraints = { width: { ideal: 320 }, height: { ideal: 180 }, frameRate: { ideal: 15, max: 24 } };

export class LocalMedia {
  audio: MediaStreamTrack | null = null;
  video: MediaStreamTrack | null = null;
  private readonly chosen: Partial<Record<Kind, string>> = {};
  private readonly watchers = new Set<(kind: Kind) => void>();

  /** Calls back whenever another track, or none, stands for this kind, or it is muted; what is returned ends that. */
  onChange(watcher: (kind: Kind) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  get mic(): Mic {
    return !this.audio ? "none" : this.audio.enabled ? "on" : "off";
  }

  /** Opens the device of this kind that was chosen, or any; throws in the browser's own way. */
  async open(kind: Kind): Promise<void> {
    const track = await capture(kind, this.chosen[kind]);
    if (kind === "audio" && this.audio) track.enabled = this.audio.enabled;
    this.close(kind);
    track.addEventListener("ended", () => {
      if (this[kind] === track) this.set(kind, null); // unplugged, or the permission was taken back
    });
    this.set(kind, track);
  }

  /** Takes another device, at once if this kind is open. */
  async choose(kind: Kind, device: string): Promise<void> {
    this.chosen[kind] = device;
    if (this[kind]) await this.open(kind);
  }

  mute(yes: boolean): void {
    if (!this.audio) return;
    this.audio.enabled = !yes;
    this.tell("audio");
  }

  close(kind: Kind): void {
    this[kind]?.stop();
    if (this[kind]) this.set(kind, null);
  }

  private set(kind: Kind, track: MediaStreamTrack | null): void {
    this[kind] = track;
    this.tell(kind);
  }

  private tell(kind: Kind): void {
    for (const watcher of this.watchers) watcher(kind);
  }
}

/** A track of the device, or of any where the chosen one has gone. */
export async function capture(kind: Kind, device?: string): Promise<MediaStreamTrack> {
  // Where the page came without https, browsers offer no devices at all.
  if (!navigator.mediaDevices) throw new DOMException("No secure context.", "SecurityError");
  const wish = { ...(kind === "audio" ? AUDIO : VIDEO), ...(device ? { deviceId: { ideal: device } } : {}) };
  const stream = await navigator.mediaDevices.getUserMedia({ [kind]: wish });
  return stream.getTracks()[0]!;
}

/** The devices of this kind; without names until one of them was allowed. */
export async function devices(kind: Kind): Promise<MediaDeviceInfo[]> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return all.filter((one) => one.kind === `${kind}input` && one.deviceId !== "");
}

/** Why there is no device, and what to do. */
export function problem(kind: Kind, error: unknown): string {
  const what = kind === "audio" ? "microphone" : "camera";
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError") return `The browser does not allow the ${what}. Allow it beside the address, then try again.`;
  if (name === "NotFoundError" || name === "OverconstrainedError") return `No ${what} was found. Plug one in, then try again.`;
  if (name === "NotReadableError" || name === "AbortError") return `The ${what} is used by another program. Close that, then try again.`;
  if (name === "SecurityError") return `Browsers give a ${what} only to pages that came by https.`;
  return `The ${what} could not be opened. Try again, or another one.`;
}
