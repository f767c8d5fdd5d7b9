/** The lobby's look at the devices: a level for the microphone, a picture of the camera, the way to the server. */
import type { RoomSocket } from "../socket.ts";
import { capture, problem, type Kind } from "./media.ts";

/** Round trips that are measured; the middle one is told. */
const TRIPS = 5;

export function startCheck(socket: RoomSocket): void {
  const place = document.getElementById("device-check");
  if (!place) return;
  new NetworkCheck(place, socket);
  for (const kind of ["audio", "video"] as const) new DeviceCheck(place, kind);
}

class DeviceCheck {
  private track: MediaStreamTrack | null = null;
  private context: AudioContext | null = null;
  private readonly button: HTMLButtonElement;
  private readonly said: HTMLElement;

  constructor(
    private readonly place: HTMLElement,
    private readonly kind: Kind,
  ) {
    this.button = place.querySelector<HTMLButtonElement>(`[data-check="${kind}"]`)!;
    this.said = place.querySelector<HTMLElement>(`[data-check-said="${kind}"]`)!;
    this.button.addEventListener("click", () => void (this.track ? this.stop() : this.start()));
    // The lobby goes when the clock starts; what it had opened is closed with it.
    new MutationObserver((_, observer) => {
      if (place.isConnected) return;
      observer.disconnect();
      this.stop();
    }).observe(document.body, { childList: true, subtree: true });
  }

  private async start(): Promise<void> {
    this.button.disabled = true;
    try {
      this.track = await capture(this.kind);
      if (!this.place.isConnected) return this.stop();
      this.track.addEventListener("ended", () => this.stop());
      this.say(this.track.label || "It works.");
      if (this.kind === "audio") this.listen(this.track);
      else this.look(this.track);
    } catch (error) {
      this.say(problem(this.kind, error));
    }
    this.button.disabled = false;
    this.paint();
  }

  private stop(): void {
    this.track?.stop();
    this.track = null;
    void this.context?.close();
    this.context = null;
    this.say("");
    this.look(null);
    this.paint();
  }

  /** The level of what is said now, on the meter. */
  private listen(track: MediaStreamTrack): void {
    const meter = this.place.querySelector<HTMLMeterElement>("meter")!;
    this.context = new AudioContext();
    const analyser = this.context.createAnalyser();
    analyser.fftSize = 1024;
    this.context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const paint = () => {
      if (this.track !== track) return void (meter.value = 0);
      analyser.getFloatTimeDomainData(samples);
      meter.value = level(samples);
      requestAnimationFrame(paint);
    };
    paint();
  }

  private look(track: MediaStreamTrack | null): void {
    if (this.kind !== "video") return;
    const video = this.place.querySelector("video")!;
    video.srcObject = track && new MediaStream([track]);
    video.hidden = !track;
    if (track) video.play().catch(() => {});
  }

  private paint(): void {
    this.button.setAttribute("aria-pressed", String(this.track !== null));
    this.button.textContent = `${this.track ? "Stop" : "Try"} the ${this.kind === "audio" ? "microphone" : "camera"}`;
  }

  private say(words: string): void {
    this.said.textContent = words;
  }
}

/** From samples in [-1, 1] to [0, 1]: the root mean square, on a scale of 60 dB, as ears have it. */
export function level(samples: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < samples.length; at++) sum += samples[at]! ** 2;
  const decibels = 10 * Math.log10(sum / Math.max(samples.length, 1) + 1e-12);
  return Math.min(1, Math.max(0, 1 + decibels / 60));
}

class NetworkCheck {
  private trips: number[] = [];

  constructor(place: HTMLElement, socket: RoomSocket) {
    const said = place.querySelector<HTMLElement>('[data-check-said="network"]')!;
    const ask = () => socket.send({ t: "ping", at: Date.now() });
    socket.on("hello", () => {
      this.trips = [];
      ask();
    });
    socket.on("pong", ({ at }) => {
      if (!place.isConnected) return;
      this.trips.push(Date.now() - at);
      if (this.trips.length <= TRIPS) return void setTimeout(ask, 200);
      this.trips = this.trips.slice(-TRIPS);
      said.textContent = network(middle(this.trips));
    });
    socket.onLink((link) => {
      if (link !== "open" && place.isConnected) said.textContent = "Not connected; it is tried again.";
    });
  }
}

function middle(numbers: number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

/** A round trip to the server, in ms, in words. */
export function network(trip: number): string {
  const how = trip < 150 ? "good" : trip < 400 ? "slow, but it will do" : "very slow: what you draw will be late for others";
  return `${trip} ms to the server and back: ${how}.`;
}
