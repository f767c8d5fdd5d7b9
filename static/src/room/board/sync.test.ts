import { describe, expect, test } from "vitest";
import type { Shape } from "../protocol.ts";
import { beats, inOrder } from "./merge.ts";
import { BoardSync } from "./sync.ts";

const nobody = new Set<string>();

function shape(id: string, version = 1, more: Partial<Shape> & Record<string, unknown> = {}): Shape {
  return { id, type: "rectangle", version, versionNonce: 100, index: "a0", isDeleted: false, ...more };
}

function connected(elements: Shape[] = []): BoardSync {
  const sync = new BoardSync();
  sync.init({ seq: 0, full: true, elements }, [], nobody);
  return sync;
}

const ids = (shapes: Shape[] | null | undefined) => shapes?.map(({ id }) => id);
const stamps = (elements: Shape[]) =>
  elements.map(({ id, version, versionNonce }): [string, number, number] => [id, version, versionNonce]);

describe("which copy counts", () => {
  test("the higher version wins", () => expect(beats(shape("a", 2), shape("a", 1))).toBe(true));
  test("on a tie the lower nonce wins", () =>
    expect(beats(shape("a", 1, { versionNonce: 5 }), shape("a", 1, { versionNonce: 9 }))).toBe(true));
  test("a copy does not beat itself", () => expect(beats(shape("a"), shape("a"))).toBe(false));
});

describe("sending", () => {
  test("nothing is sent before the server's board has arrived", () => {
    expect(new BoardSync().take([shape("a")])).toEqual([]);
  });

  test("only what is newer than the server's copy is sent", () => {
    const sync = connected([shape("a"), shape("b")]);
    expect(ids(sync.take([shape("a", 2), shape("b")])[0]?.elements)).toEqual(["a"]);
  });

  test("what came from the server is not sent back", () => {
    const sync = connected();
    const scene = sync.delta({ seq: 1, by: 2, elements: [shape("a", 3)] }, [], nobody) ?? [];
    expect(sync.take(scene)).toEqual([]);
  });

  test("the same version is not sent twice while it is under way", () => {
    const sync = connected();
    sync.take([shape("a")]);
    expect(sync.take([shape("a")])).toEqual([]);
    expect(sync.take([shape("a", 2)])).toHaveLength(1);
  });

  test("an edit stays unsaved until it is acknowledged", () => {
    const sync = connected();
    const scene = [shape("a")];
    const [batch] = sync.take(scene);
    expect(sync.unsaved(scene)).toBe(1);
    sync.ack({ ref: batch!.ref, seq: 1, accepted: stamps(scene), elements: [] }, scene, nobody);
    expect(sync.unsaved(scene)).toBe(0);
  });

  test("what was not acknowledged is sent again after a reconnect", () => {
    const sync = connected();
    const scene = [shape("a")];
    sync.take(scene);
    sync.disconnected();
    expect(sync.take(scene)).toEqual([]);
    sync.init({ seq: 0, full: false, elements: [] }, scene, nobody);
    expect(ids(sync.take(scene)[0]?.elements)).toEqual(["a"]);
  });

  test("a lost acknowledgement costs nothing: the server's board shows that it was taken", () => {
    const sync = connected();
    const scene = [shape("a")];
    sync.take(scene);
    sync.disconnected();
    sync.init({ seq: 1, full: false, elements: [shape("a")] }, scene, nobody);
    expect(sync.unsaved(scene)).toBe(0);
  });

  test("a shape made and deleted while offline is never sent", () => {
    expect(connected().take([shape("a", 2, { isDeleted: true })])).toEqual([]);
  });

  test("a deletion of a shape under way is sent", () => {
    const sync = connected();
    sync.take([shape("a")]);
    expect(sync.take([shape("a", 2, { isDeleted: true })])).toHaveLength(1);
  });

  test("large scenes are split into frames below the limit", () => {
    const long = "x".repeat(50_000);
    const batches = connected().take(["a", "b", "c", "d"].map((id) => shape(id, 1, { text: long })));
    expect(batches.map(({ elements }) => elements.length)).toEqual([2, 2]);
  });
});

describe("refusals", () => {
  test("a refused batch is tried again shape by shape, so that one bad shape holds up no other", () => {
    const sync = connected();
    const scene = [shape("a"), shape("b", 1, { index: "a1" })];
    const [batch] = sync.take(scene);
    expect(sync.reject(batch!.ref, "invalid")).toBe(true);
    expect(sync.take(scene).map(({ elements }) => ids(elements))).toEqual([["a"], ["b"]]);
  });

  test("a shape that the server refuses is not sent until it is edited", () => {
    const sync = connected();
    const [batch] = sync.take([shape("a")]);
    expect(sync.reject(batch!.ref, "invalid")).toBe(false);
    expect(sync.take([shape("a")])).toEqual([]);
    expect(sync.kept([shape("a")])).toBe(1);
    expect(sync.take([shape("a", 2)])).toHaveLength(1);
  });

  test("what a closed board refused is kept and counts as unsaved", () => {
    const sync = connected();
    const [batch] = sync.take([shape("a")]);
    sync.reject(batch!.ref, "closed");
    expect(sync.unsaved([shape("a")])).toBe(1);
  });

  test("what of a refused batch had been stored before is saved", () => {
    const sync = connected();
    const scene = [shape("a"), shape("b", 1, { index: "a1" })];
    const [batch] = sync.take(scene);
    const { id, version, versionNonce } = scene[0]!;
    sync.reject(batch!.ref, "closed", [[id, version, versionNonce]]);
    expect(sync.take(scene).map(({ elements }) => ids(elements))).toEqual([["b"]]);
  });
});

describe("trap 1: a copy that lost to a label being typed", () => {
  const typing = new Set(["label"]);

  test("does not overwrite what is being typed", () => {
    const sync = connected([shape("label")]);
    expect(sync.delta({ seq: 2, by: 2, elements: [shape("label", 9)] }, [shape("label", 4)], typing)).toBeNull();
  });

  test("is applied when the typing is over", () => {
    const sync = connected([shape("label")]);
    sync.delta({ seq: 2, by: 2, elements: [shape("label", 9)] }, [shape("label", 4)], typing);
    expect(sync.settle([shape("label", 5)], nobody)?.[0]?.version).toBe(9);
    expect(sync.settle([shape("label", 9)], nobody)).toBeNull();
  });

  test("is dropped when the typing has overtaken it", () => {
    const sync = connected([shape("label")]);
    sync.delta({ seq: 2, by: 2, elements: [shape("label", 9)] }, [shape("label", 4)], typing);
    expect(sync.settle([shape("label", 12)], nobody)).toBeNull();
    expect(sync.take([shape("label", 12)])).toHaveLength(1);
  });

  test("the newest of several is kept", () => {
    const sync = connected([shape("label")]);
    for (const version of [9, 7]) {
      sync.delta({ seq: version, by: 2, elements: [shape("label", version)] }, [shape("label", 4)], typing);
    }
    expect(sync.settle([shape("label", 4)], nobody)?.[0]?.version).toBe(9);
  });
});

test("trap 2: the server's repair of a binding comes back in the acknowledgement and is shown", () => {
  const sync = connected();
  const scene = [shape("box", 17)];
  const [batch] = sync.take(scene);
  const repaired = shape("box", 18, { boundElements: [{ id: "arrow", type: "arrow" }] });
  const next = sync.ack({ ref: batch!.ref, seq: 2, accepted: stamps(scene), elements: [repaired] }, scene, nobody);
  expect(next?.[0]).toBe(repaired);
  expect(sync.take(next!)).toEqual([]);
});

describe("trap 3: order", () => {
  test("shapes are sorted by index, then id, whatever order they came in", () => {
    const mixed = [shape("c", 1, { index: "a1" }), shape("b"), shape("a", 1, { index: "a1" }), shape("Z")];
    expect(ids(inOrder(mixed))).toEqual(["Z", "b", "a", "c"]);
  });

  test("capital letters come before small ones, as on the server", () => {
    expect(ids(inOrder([shape("a", 1, { index: "a0" }), shape("b", 1, { index: "Zz" })]))).toEqual(["b", "a"]);
  });

  test("a delta is merged into the whole scene, which is what Excalidraw must be given", () => {
    const sync = connected([shape("a"), shape("b", 1, { index: "a1" })]);
    const scene = [shape("a"), shape("b", 1, { index: "a1" })];
    const next = sync.delta({ seq: 3, by: 2, elements: [shape("c", 1, { index: "a0V" })] }, scene, nobody);
    expect(ids(next)).toEqual(["a", "c", "b"]);
  });

  test("a shape without an index is not sent", () => {
    expect(connected().take([shape("a", 1, { index: null })])).toEqual([]);
  });
});

test("trap 4: both labels of one box survive the merge, for the server to join", () => {
  const sync = connected([shape("mine", 1, { containerId: "box" })]);
  const scene = [shape("mine", 1, { containerId: "box" })];
  const next = sync.delta({ seq: 2, by: 2, elements: [shape("yours", 1, { containerId: "box" })] }, scene, nobody);
  expect(ids(next)).toEqual(["mine", "yours"]);
});

test("two browsers and a server that exchange edits in any order end with the same board", () => {
  const edits = [shape("a", 1), shape("a", 3, { versionNonce: 7 }), shape("b", 2), shape("a", 3, { versionNonce: 3 })];
  const play = (order: Shape[]) => {
    const sync = connected();
    let scene: Shape[] = [];
    order.forEach((edit, at) => (scene = sync.delta({ seq: at, by: 2, elements: [edit] }, scene, nobody) ?? scene));
    return scene;
  };
  expect(play(edits)).toEqual(play([...edits].reverse()));
});

describe("what is relayed ahead of its commit", () => {
  const ahead = (sync: BoardSync, element: Shape, local: Shape[] = []) =>
    sync.delta({ seq: 4, ahead: 5, by: 2, elements: [element] }, local, nobody) ?? local;

  test("is shown at once, and is nothing to send", () => {
    const sync = connected();
    const scene = ahead(sync, shape("a"));
    expect(ids(scene)).toEqual(["a"]);
    expect(sync.take(scene)).toEqual([]);
  });

  test("has the whole board asked for after a reconnect, until the log has come to it", () => {
    const sync = connected();
    ahead(sync, shape("a"));
    expect(sync.since).toBe(0);
    sync.heardOf(5);
    expect(sync.since).toBe(5);
  });

  test("goes again if the whole board knows nothing of it", () => {
    const sync = connected([shape("b")]);
    const scene = ahead(sync, shape("a"), [shape("b")]);
    const after = sync.init({ seq: 5, full: true, elements: [shape("b")] }, scene, nobody);
    expect(ids(after)).toEqual(["b"]);
    expect(sync.take(after!)).toEqual([]);
  });

  test("gives way to the copy that stands, also where that is older", () => {
    const sync = connected([shape("a", 1)]);
    const scene = ahead(sync, shape("a", 2), [shape("a", 1)]);
    const after = sync.init({ seq: 5, full: true, elements: [shape("a", 1)] }, scene, nobody);
    expect(after?.map(({ version }) => version)).toEqual([1]);
  });

  test("stays once the log has come to it", () => {
    const sync = connected();
    const scene = ahead(sync, shape("a"));
    sync.delta({ seq: 5, by: 2, elements: [] }, scene, nobody);
    expect(ids(sync.init({ seq: 5, full: true, elements: [shape("a")] }, scene, nobody) ?? scene)).toEqual(["a"]);
  });

  test("stays where one has drawn on from it, and that is sent", () => {
    const sync = connected();
    ahead(sync, shape("a"));
    const mine = [shape("a", 2)];
    const after = sync.init({ seq: 5, full: true, elements: [] }, mine, nobody) ?? mine;
    expect(ids(sync.take(after)[0]?.elements)).toEqual(["a"]);
  });

  test("is not what one drew oneself and still waits to have acknowledged", () => {
    const sync = connected();
    const mine = [shape("a")];
    ahead(sync, shape("a"), mine);
    expect(sync.unsaved(mine)).toBe(1);
    expect(sync.since).toBe(4);
    expect(sync.init({ seq: 4, full: true, elements: [] }, mine, nobody)).toBeNull();
    expect(sync.unsaved(mine)).toBe(1);
  });

  test("leaves what was refused on this connection refused", () => {
    const sync = connected();
    const scene = [shape("a")];
    const [batch] = sync.take(scene);
    sync.reject(batch!.ref, "invalid");
    sync.init({ seq: 4, full: true, elements: [] }, scene, nobody);
    expect(sync.take(scene)).toEqual([]);
  });
});
