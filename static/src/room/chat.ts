/** The chat beside the board: what was said is fetched as the server renders it, what is written goes by the socket. */
import { showLocalTimes } from "../page/times.ts";
import { keepFor, kept } from "./kept-in-tab.ts";
import { Outbox, type Unsent } from "./outbox.ts";
import type { Config } from "./protocol.ts";
import type { Saved } from "./saved.ts";
import type { RoomSocket } from "./socket.ts";

export function startChat(root: HTMLElement, config: Config, socket: RoomSocket, saved: Saved): void {
  const list = root.querySelector<HTMLElement>("#chat");
  if (!list) return;
  const reader = new Reader(root, list);
  document.body.addEventListener("room:said", () => void reader.fetch());
  socket.on("hello", () => void reader.fetch());
  document.body.addEventListener("room:pane-shown", () => reader.look());
  const form = root.querySelector<HTMLFormElement>("#chat-form");
  if (form) new Writer(form, list, config, socket, reader, saved);
  reader.toEnd();
}

class Reader {
  private asked = false;
  private asking = false;
  private readonly tab: HTMLElement | null;

  constructor(
    private readonly root: HTMLElement,
    private readonly list: HTMLElement,
  ) {
    this.tab = root.querySelector('[data-show-pane="chat"]');
  }

  /** Fetches what came since the last message that is shown. */
  async fetch(): Promise<void> {
    this.asked = true;
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.asked) {
        this.asked = false;
        const url = `${this.list.dataset["url"]}?after=${this.last()}`;
        const answer = await fetch(url, { headers: { "HX-Request": "true" } });
        if (answer.ok) this.show(await answer.text());
      }
    } catch {
      // No network: `hello` asks again.
    } finally {
      this.asking = false;
    }
  }

  look(): void {
    if (!this.isShown()) return;
    this.tab?.removeAttribute("data-unread");
    this.toEnd();
  }

  toEnd(): void {
    this.list.scrollTop = this.list.scrollHeight;
  }

  private last(): number {
    const all = [...this.list.querySelectorAll<HTMLElement>("[data-message]")];
    return Math.max(0, ...all.map((one) => Number(one.dataset["message"])));
  }

  /** The server escapes what it renders. */
  private show(html: string): void {
    const template = document.createElement("template");
    template.innerHTML = html;
    const items = [...template.content.querySelectorAll<HTMLElement>("[data-message]")];
    const pending = this.list.querySelector("[data-pending]");
    for (const item of items) {
      if (this.list.querySelector(`[data-message="${item.dataset["message"]}"]`)) continue;
      this.list.querySelector(`[data-pending="${item.dataset["ref"]}"]`)?.remove();
      if (pending?.isConnected) pending.before(item);
      else this.list.append(item);
      if (!item.dataset["ref"] && !this.isShown()) this.tab?.setAttribute("data-unread", "");
    }
    if (!items.length) return;
    showLocalTimes();
    this.toEnd();
  }

  private isShown(): boolean {
    return this.root.dataset["pane"] === "chat";
  }
}

class Writer {
  private readonly area: HTMLTextAreaElement;
  private readonly outbox: Outbox;
  private readonly key: string;
  private timer: number | undefined;

  constructor(
    form: HTMLFormElement,
    private readonly list: HTMLElement,
    config: Config,
    private readonly socket: RoomSocket,
    private readonly reader: Reader,
    saved: Saved,
  ) {
    this.key = `chat:${config.session}:${config.you.seat}`;
    this.area = form.querySelector("textarea")!;
    this.outbox = new Outbox(kept<Unsent[]>(this.key) ?? []);
    form.addEventListener("submit", (event) => this.submit(event));
    this.area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
    socket.on("hello", () => this.again());
    socket.on("chat.ack", ({ ref }) => {
      this.outbox.ack(ref);
      void this.reader.fetch();
      this.push();
    });
    socket.on("chat.reject", ({ ref, code, message, retry_after }) => {
      const wait = this.outbox.reject(ref, code, message, retry_after);
      if (wait === null) this.push();
      else this.timer = window.setTimeout(() => this.push(), wait * 1000);
      this.paint();
    });
    socket.onLink((link) => {
      if (link !== "open") this.outbox.disconnected();
      this.paint();
    });
    saved.add({ unsaved: () => this.outbox.pending, push: () => this.push() });
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.area.value.trim();
    if (!text) return;
    const [high, low] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
    this.outbox.add((high & 0xfffff) * 2 ** 32 + low, text);
    this.area.value = "";
    this.push();
    this.reader.toEnd();
  }

  private again(): void {
    this.outbox.disconnected();
    this.push();
  }

  private push(): void {
    clearTimeout(this.timer);
    const next = this.socket.isOpen ? this.outbox.take() : null;
    if (next && !this.socket.send({ t: "chat.say", ...next })) {
      this.outbox.disconnected();
      this.timer = window.setTimeout(() => this.push(), 300);
    }
    this.paint();
  }

  /** Shows what is not in the chat yet, below what is. */
  private paint(): void {
    const { unsent } = this.outbox;
    keepFor(this.key, unsent.length ? unsent : null);
    const refs = new Set(unsent.map(({ ref }) => String(ref)));
    for (const shown of this.list.querySelectorAll<HTMLElement>("[data-pending]")) {
      // One that is acknowledged gives way to the server's own rendering of it (Reader.show).
      if (refs.has(shown.dataset["pending"]!)) continue;
      if (this.isSaid(shown.dataset["pending"]!)) shown.remove();
      else shown.querySelector(".said-state")?.remove();
    }
    for (const one of unsent) if (!this.isSaid(String(one.ref))) this.paintOne(one);
  }

  /** Whether the server's rendering of this message is there already. */
  private isSaid(ref: string): boolean {
    return this.list.querySelector(`[data-ref="${CSS.escape(ref)}"]`) !== null;
  }

  private paintOne(one: Unsent): void {
    const place = this.list.querySelector(`[data-pending="${one.ref}"]`) ?? this.list.appendChild(item(one));
    const state = place.querySelector<HTMLElement>(".said-state")!;
    const words = one.refusal ?? (this.socket.isOpen ? "Sending…" : "Offline. Kept here, will be sent.");
    if (state.dataset["words"] === words) return;
    state.dataset["words"] = words;
    state.textContent = words;
    if (one.refusal) state.append(this.editButton(one));
  }

  private editButton(one: Unsent): HTMLElement {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Write it anew" });
    button.className = "btn btn-xs";
    button.addEventListener("click", () => {
      this.area.value = [this.outbox.withdraw(one.ref), this.area.value].filter(Boolean).join("\n");
      this.list.querySelector(`[data-pending="${one.ref}"]`)?.remove();
      this.paint();
      this.area.focus();
    });
    return button;
  }
}

function item({ ref, text }: Unsent): HTMLLIElement {
  const place = document.createElement("li");
  place.className = "said said-mine";
  place.dataset["pending"] = String(ref);
  const words = Object.assign(document.createElement("p"), { className: "said-text", dir: "auto", textContent: text });
  place.append(words, Object.assign(document.createElement("p"), { className: "said-state note-state" }));
  return place;
}
