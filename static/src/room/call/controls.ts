/** The call's buttons in the bar, its dialog, and what it says. */
import { announce } from "../../page/announce.ts";
import { LONGEST_OVERTIME, type RoomClock } from "../clock.ts";
import type { Presence } from "../presence.ts";
import type { Config } from "../protocol.ts";
import type { RoomSocket } from "../socket.ts";
import { Call } from "./call.ts";
import { devices, problem, type Kind } from "./media.ts";
import { Tiles } from "./tiles.ts";
import { noWay, refused } from "./words.ts";

/** The choice lies on this device, as the address does that it hides. */
const HIDE = "call:hide";

export function startCall(config: Config, socket: RoomSocket, presence: Presence, clock: RoomClock): void {
  const bar = document.getElementById("call-bar");
  const place = document.getElementById("call");
  if (!bar || !place) return;
  const call = new Call(config, socket, bar.dataset["url"]!);
  presence.onChange((people) => call.setPeople(people));
  clock.onReading((_, { overtime }) => {
    if (overtime !== null && overtime >= LONGEST_OVERTIME) call.leave();
  });
  new Controls(bar, place, call, config).start();
}

class Controls {
  private readonly tiles: Tiles;
  private readonly said: HTMLElement | null;
  private lostSince: number | null = null;
  private words = "";

  constructor(
    private readonly bar: HTMLElement,
    private readonly place: HTMLElement,
    private readonly call: Call,
    config: Config,
  ) {
    this.tiles = new Tiles(place, place.querySelector("#call-tiles")!, config.you);
    this.said = document.getElementById("call-said");
  }

  start(): void {
    this.on("join", () => void this.join());
    this.on("leave", () => this.leave());
    this.on("mute", () => this.muteOrOpen());
    this.on("camera", () => void this.turnCamera());
    for (const button of document.querySelectorAll("[data-call-fold]")) button.addEventListener("click", () => this.fold(button));
    for (const kind of ["audio", "video"] as const) this.offerDevices(kind);
    this.rememberHiding();
    this.call.onChange(() => this.paint());
    this.call.onMoved(() => this.say("You joined by another window; this one has left the call."));
    setInterval(() => this.watch(), 2_000);
    this.paint();
  }

  private on(name: string, act: () => void): void {
    for (const button of this.bar.querySelectorAll(`[data-call="${name}"]`)) button.addEventListener("click", act);
  }

  private async join(): Promise<void> {
    const button = this.bar.querySelector<HTMLButtonElement>('[data-call="join"]')!;
    button.disabled = true;
    this.say("");
    await this.open("audio");
    const no = await this.call.join(hides());
    button.disabled = false;
    if (no) {
      this.call.media.close("audio");
      this.say(refused(no));
      return;
    }
    this.bar.querySelector<HTMLButtonElement>('[data-call="mute"]')?.focus();
  }

  private leave(): void {
    this.call.leave();
    this.say("");
    this.bar.querySelector<HTMLButtonElement>('[data-call="join"]')?.focus();
  }

  private muteOrOpen(): void {
    const { media } = this.call;
    if (media.mic === "none") void this.open("audio");
    else media.mute(media.mic === "on");
  }

  private async turnCamera(): Promise<void> {
    if (this.call.media.video) this.call.media.close("video");
    else await this.open("video");
  }

  private async open(kind: Kind): Promise<void> {
    const { joined } = this.call;
    try {
      await this.call.media.open(kind);
      // The browser may ask for long; who has left the call meanwhile is not heard or seen by it any more.
      if (joined && !this.call.joined) this.call.media.close(kind);
      if (kind === "audio") this.say("");
    } catch (error) {
      this.say(problem(kind, error) + (kind === "audio" ? " You hear the others all the same." : ""));
    }
    await this.listDevices(kind);
  }

  private offerDevices(kind: Kind): void {
    const select = this.select(kind);
    select?.addEventListener("change", () => {
      this.call.media.choose(kind, select.value).catch((error: unknown) => this.say(problem(kind, error)));
    });
    navigator.mediaDevices?.addEventListener("devicechange", () => void this.listDevices(kind));
  }

  /** Devices have names once one of them was allowed. */
  private async listDevices(kind: Kind): Promise<void> {
    const select = this.select(kind);
    if (!select) return;
    const found = await devices(kind);
    const { value } = select;
    select.replaceChildren(...found.map(({ label, deviceId }, at) => new Option(label || `Device ${at + 1}`, deviceId)));
    if (!found.length) select.append(new Option("Known once the call was joined", ""));
    select.disabled = !found.length;
    const used = this.call.media[kind]?.getSettings().deviceId ?? value;
    if (found.some(({ deviceId }) => deviceId === used)) select.value = used;
  }

  private select(kind: Kind): HTMLSelectElement | null {
    return document.querySelector<HTMLSelectElement>(`[data-call-device="${kind}"]`);
  }

  private rememberHiding(): void {
    const box = document.querySelector<HTMLInputElement>("[data-call-hide]");
    if (!box) return;
    const kept = localStorageItem(HIDE);
    if (kept !== null) box.checked = kept === "yes";
    box.addEventListener("change", () => {
      try {
        localStorage.setItem(HIDE, box.checked ? "yes" : "no");
      } catch {
        // It holds as long as the page does.
      }
      if (this.call.joined) this.say("This holds from the next time that you join.");
    });
  }

  private fold(button: Element): void {
    const folded = this.place.toggleAttribute("data-folded");
    button.setAttribute("aria-expanded", String(!folded));
  }

  /** Somebody who cannot be reached for a while: say what else there is. */
  private watch(): void {
    const lost = this.call.others.find(({ peer }) => peer?.link === "lost");
    this.lostSince = lost ? (this.lostSince ?? performance.now()) : null;
    const words = lost ? noWay(lost.person.name, this.call.relays) : "";
    if (lost && this.lostSince !== null && performance.now() - this.lostSince > 6_000) this.say(words);
    else if (!lost && this.words.startsWith("There is no way")) this.say("");
  }

  private paint(): void {
    const { joined, media, others } = this.call;
    for (const part of this.bar.querySelectorAll<HTMLElement>("[data-call-when]")) {
      part.hidden = (part.dataset["callWhen"] === "joined") !== joined;
    }
    const join = this.bar.querySelector<HTMLElement>('[data-call="join"]')!;
    const calling = others.map(({ person }) => person.name).join(" and ");
    join.classList.toggle("btn-primary", others.length > 0);
    join.title = others.length ? `${calling} ${others.length > 1 ? "are" : "is"} in the call` : "Talk by voice; the camera is off";
    join.querySelector("[data-words]")!.textContent = others.length ? "Join the call" : "Call";
    this.press("mute", media.mic !== "on", media.mic === "none" ? "No microphone: try again" : media.mic === "on" ? "Mute" : "Unmute");
    this.press("camera", media.video !== null, media.video ? "Turn the camera off" : "Turn the camera on");
    this.tiles.paint(this.call);
  }

  private press(name: string, on: boolean, words: string): void {
    const button = this.bar.querySelector<HTMLElement>(`[data-call="${name}"]`)!;
    button.setAttribute("aria-pressed", String(on));
    button.setAttribute("aria-label", words);
    button.title = words;
  }

  private say(words: string): void {
    if (words === this.words) return;
    this.words = words;
    if (this.said) {
      this.said.textContent = words;
      this.said.hidden = !words;
    }
    if (words) announce(words);
  }
}

function hides(): boolean {
  return document.querySelector<HTMLInputElement>("[data-call-hide]")?.checked ?? false;
}

function localStorageItem(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
