/**
 * What of the board the server knows, and what it must still be told. Pure state: no React, no socket, no timers.
 *
 * The scene itself is the queue: whatever is newer here than the server is known to hold is sent, and stays unsaved
 * until the server has acknowledged it. So a lost connection needs no other memory than the scene.
 */
import type { Incoming, Shape } from "../protocol.ts";
import { beats, inOrder, same, type Stamp } from "./merge.ts";

/** Frames stay well under the server's 256 kB. */
const MOST_CHARACTERS = 120_000;
const MOST_SHAPES = 100;

export interface Batch {
  ref: number;
  elements: Shape[];
}

export class BoardSync {
  /** The `seq` to ask from after a reconnect. Acknowledgements do not move it: they tell nothing of others' edits. */
  seq = 0;
  private ready = false;
  private nextRef = 1;
  private readonly server = new Map<string, Stamp>();
  private readonly inFlight = new Map<number, Map<string, Stamp>>();
  private readonly refused = new Map<string, Stamp>();
  private readonly alone = new Set<string>();
  /** Newer remote copies that wait until the person here has stopped typing or pulling at that shape. */
  private readonly deferred = new Map<string, Shape>();

  /** The connection is gone; what was under way counts as not sent. */
  disconnected(): void {
    this.ready = false;
    this.inFlight.clear();
  }

  /** The server's board, on each connection; returns the scene to show, or null when it stays as it is. */
  init(message: Incoming["board.init"], local: readonly Shape[], busy: ReadonlySet<string>): Shape[] | null {
    if (message.full) this.server.clear();
    this.refused.clear();
    this.inFlight.clear();
    this.ready = true;
    this.seq = message.seq;
    return this.receive(message.elements, local, busy);
  }

  delta(message: Incoming["board.delta"], local: readonly Shape[], busy: ReadonlySet<string>): Shape[] | null {
    this.seq = Math.max(this.seq, message.seq);
    return this.receive(message.elements, local, busy);
  }

  ack(message: Incoming["board.ack"], local: readonly Shape[], busy: ReadonlySet<string>): Shape[] | null {
    const sent = this.inFlight.get(message.ref) ?? new Map<string, Stamp>();
    this.inFlight.delete(message.ref);
    for (const [id, version, versionNonce] of message.accepted) {
      this.note(id, { version, versionNonce });
      sent.delete(id);
      this.alone.delete(id);
    }
    for (const element of message.elements) sent.delete(element.id);
    // Neither taken nor answered: saying it again would change nothing until somebody edits it.
    for (const [id, stamp] of sent) this.refused.set(id, stamp);
    return this.receive(message.elements, local, busy);
  }

  /** A batch was refused as a whole. Returns whether its shapes will be tried again, one by one. */
  reject(ref: number, code: string): boolean {
    const sent = this.inFlight.get(ref) ?? new Map<string, Stamp>();
    this.inFlight.delete(ref);
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
