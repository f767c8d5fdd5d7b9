import { describe, expect, test } from "vitest";
import { NoteState } from "./note-state.ts";

const note = (text = "", version = 0) => new NoteState({ text, version });
const stale = { text: "from the other window", version: 5 };

describe("saving", () => {
  test("typed text is saved on top of the version it was typed on", () => {
    const state = note("a", 3);
    state.type("ab");
    expect(state.take()).toEqual({ ref: 1, text: "ab", base: 3 });
  });

  test("a save is acknowledged, and only then saved", () => {
    const state = note();
    state.type("a");
    state.take();
    expect(state.face(true, true)).toBe("saving");
    state.ack(1, 1);
    expect(state.face(true, true)).toBe("saved");
  });

  test("what is typed during a save is saved next, on the new version", () => {
    const state = note();
    state.type("a");
    state.take();
    state.type("ab");
    expect(state.take()).toBeNull();
    state.ack(1, 1);
    expect(state.take()).toEqual({ ref: 2, text: "ab", base: 1 });
  });

  test("an acknowledgement of something else changes nothing", () => {
    const state = note();
    state.type("a");
    state.take();
    state.ack(9, 9);
    expect(state.isSaved).toBe(false);
  });
});

describe("without a connection", () => {
  test("the page says that the text is kept here", () => {
    const state = note();
    state.type("a");
    expect(state.face(false, true)).toBe("offline");
  });

  test("a save that got lost is sent again", () => {
    const state = note();
    state.type("a");
    state.take();
    state.disconnected();
    state.greet({ text: "", version: 0 });
    expect(state.take()?.text).toBe("a");
  });

  test("a save whose answer got lost is seen to have arrived", () => {
    const state = note();
    state.type("a");
    state.take();
    state.disconnected();
    state.greet({ text: "a", version: 1 });
    expect(state.isSaved).toBe(true);
    expect(state.base).toBe(1);
  });

  test("typing went on after a save whose answer got lost: the rest is saved on top", () => {
    const state = note();
    state.type("a");
    state.take();
    state.type("ab");
    state.disconnected();
    state.greet({ text: "a", version: 1 });
    expect(state.theirs?.text ?? null).toBeNull();
    expect(state.take()).toMatchObject({ text: "ab", base: 1 });
  });

  test("text kept over a reload is taken up again", () => {
    const state = note("old", 2);
    state.restore({ text: "old and new", base: 2 });
    expect(state.take()).toMatchObject({ text: "old and new", base: 2 });
  });

  test("text kept over a reload does not overwrite what was saved elsewhere", () => {
    const state = note("newer", 4);
    state.restore({ text: "mine", base: 2 });
    expect(state.face(true, true)).toBe("conflict");
    expect(state.take()).toBeNull();
  });
});

describe("two windows", () => {
  function conflict(): NoteState {
    const state = note("a", 3);
    state.type("mine");
    state.take();
    state.reject(1, "stale", "…", stale);
    return state;
  }

  test("both texts are kept", () => {
    const state = conflict();
    expect([state.text, state.theirs?.text]).toEqual(["mine", stale.text]);
  });
  test("mine is saved on top of theirs when I say so", () => {
    const state = conflict();
    state.resolve("mine");
    expect(state.take()).toMatchObject({ text: "mine", base: 5 });
  });
  test("theirs needs no save", () => {
    const state = conflict();
    state.resolve("theirs");
    expect([state.text, state.isSaved]).toEqual([stale.text, true]);
  });
  test("both follow each other", () => {
    const state = conflict();
    state.resolve("both");
    expect(state.text).toBe(`${stale.text}\n\nmine`);
  });
  test("a window that has nothing unsaved follows the other", () => {
    const state = note("a", 3);
    expect(state.changed({ text: "b", version: 4 })).toBe(true);
    expect(state.text).toBe("b");
  });
  test("the echo of my own save is no conflict", () => {
    const state = note();
    state.type("a");
    state.take();
    expect(state.changed({ text: "a", version: 1 })).toBe(false);
    state.ack(1, 1);
    expect(state.isSaved).toBe(true);
  });
});

describe("refusals", () => {
  test("a closed clock keeps the text, and it is sent when the clock runs again", () => {
    const state = note();
    state.type("a");
    state.take();
    state.reject(1, "closed", "…", null);
    expect(state.face(true, false)).toBe("closed");
    expect(state.take()).toBeNull();
    state.reopen();
    expect(state.take()?.text).toBe("a");
  });

  test("text that is too long is not sent again until it is changed", () => {
    const state = note();
    state.type("long");
    state.take();
    state.reject(1, "too_long", "A note holds at most 50,000 characters.", null);
    expect(state.face(true, true)).toBe("refused");
    state.type("lon");
    expect(state.take()?.text).toBe("lon");
  });
});
