/**
 * Everything that the console asks of the server, one after the other: each answer holds all rows as they are then, so
 * none may overtake another.
 */
import htmx from "htmx.org";
import { announce } from "../../page/announce.ts";

export class Line {
  private last: Promise<unknown> = Promise.resolve();
  private asks = false;
  private done: ((taken: boolean) => void) | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly url: string,
  ) {
    host.addEventListener("htmx:afterRequest", (event) => {
      this.done?.((event as CustomEvent<{ successful: boolean }>).detail.successful);
      this.done = null;
    });
  }

  /** Does `verb` with these values, and says `say` if the server took it; `done` is told whether it did. */
  send(verb: string, values: Record<string, string>, say: string, done: (taken: boolean) => void = () => {}): void {
    this.after(() => {
      this.done = (taken) => {
        if (taken) announce(say);
        done(taken);
      };
      return this.ask("post", `${verb}/`, values);
    });
  }

  /** Asks for the rows, unless that is about to be done already. */
  refresh(): void {
    if (this.asks) return;
    this.asks = true;
    this.after(() => {
      this.asks = false;
      return this.ask("get", "rows/", { seen: this.rows?.dataset["stamp"] ?? "" });
    });
  }

  private get rows(): HTMLElement | null {
    return this.host.querySelector("#console-rows");
  }

  private after(what: () => Promise<unknown>): void {
    this.last = this.last.then(what).catch(() => {}); // htmx has said what went wrong
  }

  private async ask(verb: "get" | "post", path: string, values: Record<string, string>): Promise<void> {
    const { rows } = this;
    if (rows) await htmx.ajax(verb, this.url + path, { source: this.host, target: rows, swap: "outerHTML", values });
  }
}
