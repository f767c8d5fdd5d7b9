/**
 * What of the board the server knows, and what it must still be told. Pure state: no React, no socket, no timers.
 *
 * The scene itself is the queue: whatever is newer here than the server is known to hold is sent, and stays unsaved
 * until the server has acknowledged it. So a lost connection needs no other memory than the scene.
 */
import type { Accepted, Incoming, Shape } from "../protocol.ts";
import { beats, inOrder, same, type Stamp } from "./merge.ts";

/** Frames stay well under the server's 256 kB. */
const MOST_CHARACTERS = 120_000;
const MOST_SHAPES = 100;

export interface Batch {
  ref: number;
  elements: Shape[];
}

export class BoardSync {
  /** The last delta of the log that has been heard of. Acknowledgements do not move it: they tell nothing of others' edits. */
  private seq = 0;
  /** Copies that were relayed before they were committed, with the number in the log that they wait for. */
  private readonly ahead = new Map<string, Stamp & { waitsFor: number }>();
  private ready = false;
  private nextRef = 1;
  private readonly server = new Map<string, Stamp>();
  private readonly inFlight = new Map<number, Map<string, Stamp>>();
  private readonly refused = new Map<string, Stamp>();
  private readonly alone = new Set<string>();
  /** Newer remote copies that wait until the person here has stopped typing or pulling at that shape. */
  private readonly deferred = new Map<string, Shape>();

  /** What to ask for after a reconnect: all after this delta, or everything (0) if what is shown may never be stored. */
  get since(): number {
    return this.ahead.size ? 0 : this.seq;
  }

  /** The connection is gone; what was under way counts as not sent, and what was refused may be tried again. */
  disconnected(): void {
    this.ready = false;
    this.inFlight.clear();
    this.refused.clear();
  }

  /**
   * The server's board, on each connection and whenever the log went another way than was shown; returns the scene to
   * show, or null when it stays as it is.
   */
  init(message: Incoming["board.init"], local: readonly Shape[], busy: ReadonlySet<string>): Shape[] | null {
    const kept = message.full ? this.takeBack(local, busy) : local;
    if (message.full) this.server.clear();
    this.ready = true;
    this.seq = message.seq;
    return this.receive(message.elements, kept, busy) ?? (kept === local ? null : inOrder(kept));
  }

  delta(message: Incoming["board.delta"], local: readonly Shape[], busy: ReadonlySet<string>): Shape[] | null {
    this.heardOf(message.seq);
    if (message.ahead === undefined) return this.receive(message.elements, local, busy);
    // One's own edit, come back on a new line before it was answered, is still unsaved.
    const unsaved = new Map(this.newer(local).map((element) => [element.id, element]));
    const news = message.elements.filter((element) => !unsaved.has(element.id) || beats(element, unsaved.get(element.id)!));
    for (const { id, version, versionNonce } of news) this.ahead.set(id, { version, versionNonce, waitsFor: message.ahead });
    return this.receive(news, local, busy);
  }

  /** The log has come so far. */
  heardOf(seq: number): void {
    this.seq = Math.max(this.seq, seq);
    for (const [id, { waitsFor }] of this.ahead) if (waitsFor <= this.seq) this.ahead.delete(id);
  }

  ack(message: Incoming["board.ack"], local: readonly Shape[], busy: ReadonlySet<string>): Shape[] | null {
    const sent = this.inFlight.get(message.ref) ?? new Map<string, Stamp>();
    this.inFlight.delete(message.ref);
    this.stand(message.accepted, sent);
    for (const element of message.elements) sent.delete(element.id);
    // Neither taken nor answered: saying it again would change nothing until somebody edits it.
    for (const [id, stamp] of sent) this.refused.set(id, stamp);
    return this.receive(message.elements, local, busy);
  }

  /** A batch was refused as a whole. Returns whether its shapes will be tried again, one by one. */
  reject(ref: number, code: string, accepted: readonly Accepted[] = []): boolean {
    const sent = this.inFlight.get(ref) ?? new Map<string, Stamp>();
    this.inFlight.delete(ref);
    this.stand(accepted, sent);
    if (code !== "invalid" && code !== "too_big") return true;
    if (sent.size > 1) {
      for (const id of sent.keys()) this.alone.add(id);
      return true;
    }
    for (const [id, stamp] of sent) this.refused.set(id, stamp);
    return false;
  }

  /** Applies what waited for the person to finish; call when `busy` may have shrunk. */
  settle(local: readonly Shape[], busy: ReadonlySet<string>): Shape[] | null {
    const due = [...this.deferred.values()].filter((element) => !busy.has(element.id));
    return due.length ? this.receive(due, local, busy) : null;
  }

  /** What to send now, marked as under way. Empty before the board of this connection has arrived. */
  take(local: readonly Shape[]): Batch[] {
    if (!this.ready) return [];
    const underWay = new Map([...this.inFlight.values()].flatMap((sent) => [...sent]));
    const waits = (element: Shape) => {
      const sent = underWay.get(element.id);
      return !sent || !same(sent, element);
    };
    return this.split(this.newer(local).filter(waits)).map((elements) => this.send(elements));
  }

  /** The shapes that the server has not acknowledged. */
  waiting(local: readonly Shape[]): Shape[] {
    return this.newer(local);
  }

  /** How many shapes the server has not acknowledged. */
  unsaved(local: readonly Shape[]): number {
    return this.newer(local).length;
  }

  /** Shapes the server refuses to take; they are only here. */
  kept(local: readonly Shape[]): number {
    return local.filter((element) => this.isRefused(element)).length;
  }

  private receive(remote: readonly Shape[], local: readonly Shape[], busy: ReadonlySet<string>): Shape[] | null {
    const scene = new Map(local.map((element) => [element.id, element]));
    let changed = false;
    for (const element of remote) {
      this.note(element.id, element);
      const mine = scene.get(element.id);
      if (mine && !beats(element, mine)) {
        this.deferred.delete(element.id);
      } else if (mine && busy.has(element.id)) {
        const waiting = this.deferred.get(element.id);
        if (!waiting || beats(element, waiting)) this.deferred.set(element.id, element);
      } else {
        scene.set(element.id, element);
        this.deferred.delete(element.id);
        changed = true;
      }
    }
    return changed ? inOrder(scene.values()) : null;
  }

  /** The scene without what was shown ahead of the log and is not touched here since. */
  private takeBack(local: readonly Shape[], busy: ReadonlySet<string>): readonly Shape[] {
    const stands = (element: Shape) => {
      const shown = this.ahead.get(element.id);
      return !shown || !same(shown, element) || busy.has(element.id);
    };
    const kept = this.ahead.size ? local.filter(stands) : local;
    this.ahead.clear();
    return kept.length === local.length ? local : kept;
  }

  private newer(local: readonly Shape[]): Shape[] {
    return local.filter((element) => {
      const known = this.server.get(element.id);
      if (!element.index || this.isRefused(element)) return false;
      // A shape that was made and deleted before anybody heard of it is nobody's business.
      if (!known) return !element.isDeleted || this.isUnderWay(element.id);
      return beats(element, known);
    });
  }

  private isUnderWay(id: string): boolean {
    return [...this.inFlight.values()].some((sent) => sent.has(id));
  }

  private isRefused(element: Shape): boolean {
    const stamp = this.refused.get(element.id);
    return stamp !== undefined && same(stamp, element);
  }

  private stand(accepted: readonly Accepted[], sent: Map<string, Stamp>): void {
    for (const [id, version, versionNonce] of accepted) {
      this.note(id, { version, versionNonce });
      sent.delete(id);
      this.alone.delete(id);
    }
  }

  private note(id: string, stamp: Stamp): void {
    const known = this.server.get(id);
    if (!known || beats(stamp, known)) {
      this.server.set(id, { version: stamp.version, versionNonce: stamp.versionNonce });
    }
  }

  private send(elements: Shape[]): Batch {
    const ref = this.nextRef++;
    const stamps = elements.map(({ id, version, versionNonce }) => [id, { version, versionNonce }] as const);
    this.inFlight.set(ref, new Map(stamps));
    return { ref, elements };
  }

  private split(elements: readonly Shape[]): Shape[][] {
    const batches: Shape[][] = [];
    let batch: Shape[] = [];
    let size = 0;
    for (const element of inOrder(elements)) {
      const length = JSON.stringify(element).length;
      const alone = this.alone.has(element.id);
      if (batch.length && (alone || batch.length >= MOST_SHAPES || size + length > MOST_CHARACTERS)) {
        batches.push(batch);
        [batch, size] = [[], 0];
      }
      batch.push(element);
      size += length;
      if (alone) size = MOST_CHARACTERS;
    }
    return batch.length ? [...batches, batch] : batches;
  }
}
