import { expect, test } from "vitest";
import { Outbox } from "./outbox.ts";

test("messages leave one at a time, in the order in which they were written", () => {
  const outbox = new Outbox();
  outbox.add(1, "first");
  outbox.add(2, "second");
  expect(outbox.take()).toEqual({ ref: 1, text: "first" });
  expect(outbox.take()).toBeNull();
  outbox.ack(1);
  expect(outbox.take()?.ref).toBe(2);
});

test("what was not acknowledged is said again under its own number", () => {
  const outbox = new Outbox();
  outbox.add(7, "is the budget fixed?");
  outbox.take();
  outbox.disconnected();
  expect(outbox.take()).toEqual({ ref: 7, text: "is the budget fixed?" });
});

test("a page that is loaded again goes on with what an earlier one kept", () => {
  const earlier = new Outbox();
  earlier.add(3, "kept");
  earlier.take();
  expect(new Outbox(earlier.unsent).take()).toEqual({ ref: 3, text: "kept" });
});

test("too often is tried again, too long is not, and holds nothing up", () => {
  const outbox = new Outbox();
  outbox.add(1, "a");
  outbox.add(2, "b");
  outbox.take();
  expect(outbox.reject(1, "too_often", "Wait.", 12)).toBe(12);
  expect(outbox.take()?.ref).toBe(1);
  expect(outbox.reject(1, "too_long", "Shorten it.")).toBeNull();
  expect(outbox.take()?.ref).toBe(2);
  expect(outbox.pending).toBe(1);
  expect(outbox.unsent[0]?.refusal).toBe("Shorten it.");
});

test("a refused message can be written anew", () => {
  const outbox = new Outbox([{ ref: 1, text: "long", refusal: "Shorten it." }]);
  expect(outbox.withdraw(1)).toBe("long");
  expect(outbox.unsent).toEqual([]);
});
