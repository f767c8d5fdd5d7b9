/**
 * Frames that a server draws. One question is under way at a time; of those that wait only the newest is asked. So the
 * second that is wanted last is the one that stays, and no late answer takes the place of a newer one.
 */

/** A frame holds a board as SVG, some hundred kilobytes of text where much is drawn. */
const KEPT = 60;

export interface Screen {
  ask(key: number): Promise<string>;
  show(frame: string): void;
  /** A question failed. It is asked again when somebody wants a frame the next time. */
  failed(error: unknown): void;
}

export class Frames {
  private readonly kept = new Map<number, string>();
  private wanted: number;
  private shown: number;
  private ahead: number | null = null;
  private asking = false;
  /** Counts the wishes; what is on the page answers the one of this number. */
  private wishes = 0;
  private answered = 0;

  constructor(
    private readonly screen: Screen,
    shown: number,
  ) {
    this.wanted = this.shown = shown;
  }

  /** Shows this frame as soon as it can; `next` is fetched when nothing else is to be done. */
  want(key: number, next: number | null = null): void {
    this.wanted = key;
    this.ahead = next;
    this.wishes++;
    if (key === this.shown) this.answered = this.wishes;
    const frame = this.kept.get(key);
    if (frame !== undefined) this.present(key, frame, this.wishes);
    this.pump();
  }

  private present(key: number, frame: string, wish: number): void {
    if (this.shown === key) return;
    this.shown = key;
    this.answered = wish;
    this.screen.show(frame);
  }

  private pump(): void {
    if (this.asking) return;
    const urgent = this.shown !== this.wanted;
    const key = urgent ? this.wanted : this.ahead;
    if (key === null || key === this.shown || this.kept.has(key)) return;
    this.asking = true;
    const wish = this.wishes;
    this.screen.ask(key).then(
      (frame) => {
        this.asking = false;
        this.keep(key, frame);
        if (key === this.wanted) this.present(key, frame, this.wishes);
        // While somebody scrubs, what was wanted a moment ago is better than what was wanted before that.
        else if (urgent && wish > this.answered) this.present(key, frame, wish);
        this.pump();
      },
      (error: unknown) => {
        this.asking = false;
        if (urgent) this.screen.failed(error);
      },
    );
  }

  private keep(key: number, frame: string): void {
    this.kept.set(key, frame);
    for (const old of this.kept.keys()) {
      if (this.kept.size <= KEPT) break;
      this.kept.delete(old);
    }
  }
}
