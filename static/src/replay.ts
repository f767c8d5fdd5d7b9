/** The entry of the replay. The page works without it; with it, it plays. */
import { announce } from "./page/announce.ts";
import { Film, type Config } from "./replay/film.ts";
import { Frames } from "./replay/frames.ts";
import { startKeys, type Command } from "./replay/keys.ts";
import { Player } from "./replay/player.ts";
import { startLinks, startRibbon } from "./replay/pointing.ts";
import { ask, Dial, show } from "./replay/screen.ts";

const root = document.getElementById("replay");
const slider = document.querySelector<HTMLInputElement>("#second");
const blob = document.getElementById("replay-config");
if (root && slider && blob) start(root, slider, new Film(JSON.parse(blob.textContent ?? "") as Config));

function start(root: HTMLElement, slider: HTMLInputElement, film: Film): void {
  const dial = new Dial(root, film, slider);
  const frames = new Frames(
    {
      ask,
      show: (frame) => {
        trouble(root, "");
        show(root, frame);
      },
      failed: () => {
        player.pause();
        trouble(root, "This moment could not be fetched. What you see is an earlier one; move on to try again.");
      },
    },
    film.frame(Number(slider.value)),
  );
  const address = keepAddress();
  const player = new Player(film, frames, dial, () => paint(), Number(slider.value));
  const paint = () => {
    root.dataset["playing"] = String(player.playing);
    const words = root.querySelector("#play [data-words]");
    if (words) words.textContent = player.playing ? "Pause" : "Play";
    address(player.second);
  };
  const go = (second: number) => {
    player.seek(second);
    // The slider says it by itself while it has the focus.
    if (document.activeElement !== slider) announce(film.words(player.second));
  };
  unveil(root);
  startSlider(slider, player);
  startOptions(root, player);
  startLinks(root, go);
  startRibbon(root, film.duration, (second) => player.seek(second));
  startKeys(root, (command) => run(command, player, film, go));
  root.tabIndex = -1;
  if (document.activeElement === document.body) root.focus({ preventScroll: true });
}

function run(command: Command, player: Player, film: Film, go: (second: number) => void): void {
  if (command.do === "toggle") player.toggle();
  else if (command.do === "by") go(player.second + command.seconds);
  else if (command.do === "start") go(0);
  else if (command.do === "end") go(film.duration);
  else if (command.do === "next") go(film.next(player.second));
  else go(film.previous(player.second));
}

/** Shows what needs a script, and takes away what it replaces. */
function unveil(root: HTMLElement): void {
  for (const place of root.querySelectorAll<HTMLElement>("#play, .replay-options")) place.hidden = false;
  for (const place of root.querySelectorAll<HTMLElement>("[data-plain]")) place.hidden = true;
}

function startSlider(slider: HTMLInputElement, player: Player): void {
  slider.form?.addEventListener("submit", (event) => event.preventDefault());
  slider.addEventListener("input", () => player.seek(Number(slider.value)));
  slider.addEventListener("pointerdown", () => (player.held = true));
  for (const type of ["pointerup", "pointercancel", "change"]) {
    slider.addEventListener(type, () => (player.held = false));
  }
}

function startOptions(root: HTMLElement, player: Player): void {
  root.querySelector("#play")?.addEventListener("click", () => player.toggle());
  const speed = root.querySelector<HTMLSelectElement>("#speed");
  speed?.addEventListener("change", () => (player.speed = Number(speed.value)));
  const skip = root.querySelector<HTMLInputElement>("#skip");
  skip?.addEventListener("change", () => (player.skip = skip.checked));
}

function trouble(root: HTMLElement, words: string): void {
  const place = root.querySelector<HTMLElement>("#replay-trouble");
  if (!place) return;
  place.textContent = words;
  place.hidden = words === "";
}

/** Keeps `?t=` in the address, so that it can be shared. Browsers refuse to be told too often. */
function keepAddress(): (second: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;
  return (second) => {
    latest = second;
    timer ??= setTimeout(() => {
      timer = undefined;
      history.replaceState(history.state, "", `?t=${latest}`);
    }, 300);
  };
}
