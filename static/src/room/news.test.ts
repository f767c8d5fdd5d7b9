import { expect, test, vi } from "vitest";
import { announce, missed, News } from "./news.ts";

test("what is said twice is news once", () => {
  const news = new News({ shared: 3, private: 0 });
  expect(news.take([["shared", 4, "started"]])).toEqual(["started"]);
  expect(news.take([["shared", 4, "started"], ["shared", 5, "paused"]])).toEqual(["paused"]);
});

test("the two logs count by themselves, and what was heard only grows", () => {
  const news = new News({ shared: 3, private: 0 });
  expect(news.take([["private", 4, "marked"], ["shared", 4, "joined"], ["shared", 2, "created"]])).toEqual([
    "created",
    "marked",
    "joined",
  ]);
  expect(news.heard).toEqual({ shared: 4, private: 4 });
});

test("a kind that happened twice is announced once", () => {
  const news = new News({ shared: 0, private: 0 });
  expect(news.take([["shared", 2, "joined"], ["shared", 1, "joined"]])).toEqual(["joined"]);
});

test("what was announced while an answer was under way was missed by it, if its place listens", () => {
  vi.stubGlobal("document", { body: new EventTarget() });
  announce("call_link");
  announce("clock");
  expect(missed("every 3s, room:clock from:body, room:ready from:body", 1)).toEqual(["clock"]);
  expect(missed("room:clock from:body", 2)).toEqual([]);
  expect(missed("room:call_link from:body", 1)).toEqual([]);
  expect(missed("submit", 0)).toEqual([]);
});
