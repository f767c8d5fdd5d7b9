/** Who is in the room, and at which step the candidate is. */
import type { Config, Person } from "./protocol.ts";
import type { RoomSocket } from "./socket.ts";

export type PeopleWatcher = (people: Person[]) => void;

export class Presence {
  people: Person[] = [];
  private readonly watchers: PeopleWatcher[] = [];
  private followed: number | null = null;
  private follow: ((seat: number) => void) | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly config: Config,
    socket: RoomSocket,
  ) {
    socket.on("hello", ({ presence }) => {
      if (presence.length) this.set(presence);
    });
    socket.on("presence", ({ people }) => this.set(people));
    socket.onLink((link) => {
      if (link === "offline") this.set(this.people.map((person) => ({ ...person, online: false })));
    });
  }

  onChange(watcher: PeopleWatcher): void {
    this.watchers.push(watcher);
    watcher(this.people);
  }

  /** What happens when somebody's name is pressed; without it, names cannot be pressed. */
  onFollow(follow: (seat: number) => void): void {
    this.follow = follow;
    this.set(this.people);
  }

  /** Whose name is marked as followed. */
  following(seat: number | null): void {
    this.followed = seat;
    this.draw();
  }

  private draw(): void {
    const place = this.root.querySelector("#people");
    const focused = place?.querySelector<HTMLElement>(":focus")?.dataset["follow"];
    place?.replaceChildren(...this.people.map((person) => this.item(person)));
    if (focused) place?.querySelector<HTMLElement>(`[data-follow="${focused}"]`)?.focus();
  }

  private set(people: Person[]): void {
    this.people = people;
    this.draw();
    const candidate = people.find(({ role, online }) => role === "candidate" && online);
    const here = this.config.you.role === "candidate" ? null : candidate?.step;
    for (const tab of this.root.querySelectorAll<HTMLElement>("[data-step]")) {
      tab.dataset["candidateHere"] = String(tab.dataset["step"] === here);
    }
    for (const watcher of this.watchers) watcher(people);
  }

  private item(person: Person): HTMLLIElement {
    const item = document.createElement("li");
    item.className = "person";
    item.dataset["online"] = String(person.online);
    item.style.setProperty("--person", person.color);
    const me = person.seat === this.config.you.seat;
    const where = this.config.steps.find(({ id }) => id === person.step)?.name;
    item.title = `${person.name}, ${person.called}${person.online ? "" : ", away"}${where && !me ? `, at: ${where}` : ""}`;
    const mark = document.createElement("span");
    mark.className = "person-mark";
    mark.setAttribute("aria-hidden", "true");
    mark.textContent = initials(person.name);
    const name = document.createElement("span");
    name.className = "person-name";
    name.textContent = me ? "You" : person.name;
    const more = document.createElement("span");
    more.className = "sr-only";
    more.textContent = ` ${person.called}, ${person.online ? "here" : "away"}`;
    const points = person.role !== "observer" && person.online;
    if (me || !points || !this.follow) item.append(mark, name, more);
    else item.append(this.button(person, [mark, name, more]));
    return item;
  }

  private button({ seat, name }: Person, inside: HTMLElement[]): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "person-follow";
    button.dataset["follow"] = String(seat);
    button.setAttribute("aria-pressed", String(seat === this.followed));
    button.title = seat === this.followed ? `Stop following ${name}` : `Follow ${name}: see the part of the board that they see`;
    button.addEventListener("click", () => this.follow?.(seat));
    button.append(...inside);
    return button;
  }
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => [...(word ?? "")][0] ?? "").join("").toUpperCase();
}
