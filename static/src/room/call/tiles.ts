/** The people in the call, each in a small tile: the picture, or initials, and how they stand. */
import { announce } from "../../page/announce.ts";
import { initials } from "../presence.ts";
import type { You } from "../protocol.ts";
import type { Call, Other } from "./call.ts";
import { spoken, standing } from "./words.ts";

interface Shown {
  seat: number;
  name: string;
  mark: string;
  color: string;
  stream: MediaStream | null;
  camera: boolean;
  words: string;
  own: boolean;
}

export class Tiles {
  private readonly said = new Map<number, string>();
  private readonly ownStream = new MediaStream();

  constructor(
    private readonly place: HTMLElement,
    private readonly list: HTMLElement,
    private readonly you: You,
  ) {}

  paint(call: Call): void {
    const shown = [...call.others.map((other) => this.other(other)), ...(call.joined ? [this.own(call)] : [])];
    this.place.hidden = shown.length === 0;
    this.place.dataset["size"] = shown.some(({ camera }) => camera) ? "tall" : "low";
    const seats = new Set(shown.map(({ seat }) => String(seat)));
    for (const tile of this.list.querySelectorAll<HTMLElement>("[data-tile]")) {
      if (!seats.has(tile.dataset["tile"]!)) tile.remove();
    }
    for (const one of shown) this.tile(one);
    this.speak(shown);
  }

  private other({ person, caller, peer }: Other): Shown {
    const { seat, name, color } = person;
    const camera = caller.camera && peer?.link === "connected";
    return { seat, name, mark: initials(name), color, stream: peer?.stream ?? null, camera, words: standing(peer?.link ?? null, caller.mic), own: false };
  }

  private own({ media }: Call): Shown {
    for (const track of this.ownStream.getTracks()) if (track !== media.video) this.ownStream.removeTrack(track);
    if (media.video && !this.ownStream.getTracks().length) this.ownStream.addTrack(media.video);
    const words = standing("connected", media.mic);
    const mark = initials(this.you.name);
    return { ...this.you, name: "You", mark, stream: this.ownStream, camera: media.video !== null, words, own: true };
  }

  private tile(one: Shown): void {
    const tile = this.list.querySelector<HTMLElement>(`[data-tile="${one.seat}"]`) ?? this.list.appendChild(make(one));
    tile.dataset["camera"] = String(one.camera);
    const video = tile.querySelector("video")!;
    if (video.srcObject !== one.stream) video.srcObject = one.stream;
    // A page that hears somebody before anything was pressed may have to wait until something is.
    if (one.stream && video.paused) video.play().catch(() => {});
    const words = tile.querySelector<HTMLElement>(".tile-words")!;
    const said = one.words && ` ${one.words}`;
    if (words.textContent !== said) words.textContent = said;
  }

  private speak(shown: Shown[]): void {
    for (const { seat, name, words, own } of shown) {
      const news = own ? null : spoken(name, this.said.get(seat), words);
      this.said.set(seat, words);
      if (news) announce(news);
    }
    for (const seat of this.said.keys()) if (!shown.some((one) => one.seat === seat)) this.said.delete(seat);
  }
}

function make({ seat, name, mark: letters, color, own }: Shown): HTMLLIElement {
  const tile = document.createElement("li");
  tile.className = own ? "tile tile-own" : "tile";
  tile.dataset["tile"] = String(seat);
  tile.style.setProperty("--person", color);
  const video = document.createElement("video");
  Object.assign(video, { playsInline: true, autoplay: true, muted: own });
  video.setAttribute("aria-label", own ? "Your camera" : `${name}'s camera`);
  const mark = Object.assign(document.createElement("span"), { className: "person-mark", textContent: letters });
  mark.setAttribute("aria-hidden", "true");
  const caption = Object.assign(document.createElement("p"), { className: "tile-caption" });
  const words = Object.assign(document.createElement("span"), { className: "tile-words" });
  caption.append(mark, Object.assign(document.createElement("b"), { textContent: name }), words);
  tile.append(video, caption);
  return tile;
}
