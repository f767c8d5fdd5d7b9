/** The plan as a strip under the bar: each phase as wide as its minutes, filled as far as the time has come. */
import type { RoomClock } from "./clock.ts";
import { apart, following, left, minutes, soon, type Apart } from "./plan.ts";
import type { Presence } from "./presence.ts";
import type { Clock, Config, Phase } from "./protocol.ts";
import { figures, passed, type Reading } from "./time.ts";

export class Timeline {
  private readonly name = make("b", "plan-name");
  private readonly left = make("span", "plan-left");
  private readonly next = make("span", "plan-next");
  private readonly elsewhere = make("span", "plan-elsewhere");
  private readonly phases = make("div", "plan-phases");
  private readonly over = make("i", "plan-over");
  private readonly marker = make("i", "plan-marker");
  private readonly rows: HTMLElement;
  private drawn = "";
  private last: [Clock, Reading] | null = null;

  constructor(
    private readonly place: HTMLElement,
    private readonly config: Config,
    clock: RoomClock,
    private readonly presence: Presence,
  ) {
    const now = make("div", "plan-now", make("p", "plan-head", this.name, this.left), make("p", "plan-aside", this.next, this.elsewhere));
    const track = make("div", "plan-track", this.phases, this.over, this.marker);
    track.setAttribute("aria-hidden", "true");
    this.rows = place.querySelector("tbody") ?? make("tbody", "");
    place.querySelector(".plan-line")?.replaceChildren(now, track);
    clock.onReading((facts, reading) => this.show(facts, reading));
    presence.onChange(() => this.last && this.show(...this.last));
  }

  private show(clock: Clock, now: Reading): void {
    this.last = [clock, now];
    this.draw(clock);
    const aside = apart(clock.phases, now, this.worked());
    this.say(clock.phases, now, aside);
    this.place.dataset["state"] = now.state;
    this.place.dataset["soon"] = String(now.state === "live" && now.phase !== null && now.phaseLeft <= soon(now.phase));
    const share = (seconds: number) => `${(seconds / clock.duration) * 100}%`;
    this.marker.style.left = share(now.elapsed);
    this.marker.hidden = now.state === "lobby";
    this.over.hidden = !aside?.over;
    if (aside) [this.over.style.left, this.over.style.width] = [share(aside.phase.end), share(aside.over)];
    clock.phases.forEach((phase, at) => this.fill(phase, at, now, aside));
  }

  private fill(phase: Phase, at: number, now: Reading, aside: Apart | null): void {
    const is = now.phase?.id === phase.id && now.state !== "ended";
    const box = this.phases.children[at] as HTMLElement;
    const done = Math.min(1, Math.max(0, (now.elapsed - phase.start) / (phase.end - phase.start)));
    (box.firstElementChild as HTMLElement).style.width = `${done * 100}%`;
    box.dataset["when"] = is ? "now" : done === 1 ? "past" : "coming";
    box.dataset["work"] = String(aside?.phase.id === phase.id);
    const row = this.rows.children[at];
    if (is) row?.setAttribute("aria-current", "step");
    else row?.removeAttribute("aria-current");
  }

  private say(phases: Phase[], now: Reading, aside: Apart | null): void {
    const exact = this.config.keeps_clock || this.config.you.role === "observer";
    const next = following(phases, now.phase);
    const runs = now.state === "live" || now.state === "paused";
    set(this.name, runs ? (now.phase?.name ?? "") : now.state === "ended" ? "The session is over" : "The plan");
    set(this.left, runs ? left(now.phaseLeft, exact) : now.state === "lobby" ? `${Math.round(now.remaining / 60)} minutes` : "");
    set(this.next, !runs ? "" : next ? `then ${next.name}` : "the last phase");
    set(this.elsewhere, aside ? this.where(aside, exact) : "");
  }

  private where({ phase, over }: Apart, exact: boolean): string {
    if (!exact) return `your notes: ${phase.name}`;
    return over ? `${passed(over)} over in ${phase.name}` : `notes ahead, at ${phase.name}`;
  }

  /** The phase of the step whose notes the candidate has open. */
  private worked(): string | null {
    const step = this.presence.people.find(({ role }) => role === "candidate")?.step;
    return this.config.steps.find(({ id }) => id === step)?.phase ?? null;
  }

  /** Makes the phases anew where the plan has changed, which an extension does. */
  private draw({ phases }: Clock): void {
    const plan = JSON.stringify(phases);
    if (plan === this.drawn) return;
    this.drawn = plan;
    this.phases.replaceChildren(...phases.map(segment));
    this.rows.replaceChildren(...phases.map(row));
  }
}

function segment(phase: Phase): HTMLElement {
  const box = make("div", "plan-phase", make("i", ""), make("span", "", document.createTextNode(phase.name)));
  box.style.flexGrow = String(phase.end - phase.start);
  box.title = `${phase.name}: ${minutes(phase)}`;
  box.dataset["phase"] = phase.id;
  return box;
}

function row(phase: Phase): HTMLElement {
  const cell = (tag: string, text: string) => make(tag, "", document.createTextNode(text));
  const heading = cell("th", phase.name);
  heading.setAttribute("scope", "row");
  return make("tr", "", heading, cell("td", figures(phase.start)), cell("td", figures(phase.end)));
}

/** Sets what is said, once: a text that stays the same is not touched. */
function set(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
  element.hidden = !text;
}

function make(tag: string, name: string, ...children: Node[]): HTMLElement {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...children);
  return element;
}
