import { describe, expect, it } from "vitest";
import { Frames } from "./frames.ts";

/** A server whose answers come when the test says so, and a page that remembers what it showed. */
function stage(shown = 0) {
  const asked: number[] = [];
  const seen: string[] = [];
  const failures: unknown[] = [];
  const waiting: { resolve: (frame: string) => void; reject: (error: Error) => void }[] = [];
  const ask = (key: number) => {
    asked.push(key);
    return new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const frames = new Frames({ ask, show: (frame) => seen.push(frame), failed: (error) => failures.push(error) }, shown);
  const settle = async (how: (first: (typeof waiting)[number], key: number) => void) => {
    how(waiting.shift()!, asked[asked.length - waiting.length - 1]!);
    await new Promise((done) => setTimeout(done));
  };
  const answer = () => settle(({ resolve }, key) => resolve(`frame ${key}`));
  const refuse = () => settle(({ reject }) => reject(new Error("gone")));
  return { frames, asked, seen, failures, answer, refuse };
}

describe("frames", () => {
  it("asks for one at a time, and of those that wait only for the newest", async () => {
    const { frames, asked, seen, answer } = stage();
    for (const key of [1, 2, 3, 4]) frames.want(key);
    expect(asked).toEqual([1]);
    await answer();
    expect(asked).toEqual([1, 4]);
    await answer();
    expect(seen).toEqual(["frame 1", "frame 4"]);
  });

  it("keeps what it has and asks for nothing twice", async () => {
    const { frames, asked, seen, answer } = stage();
    frames.want(1);
    await answer();
    frames.want(2);
    await answer();
    frames.want(1);
    frames.want(1);
    expect(asked).toEqual([1, 2]);
    expect(seen).toEqual(["frame 1", "frame 2", "frame 1"]);
  });

  it("lets no late answer take the place of a newer one", async () => {
    const { frames, seen, answer } = stage();
    frames.want(1);
    await answer();
    frames.want(2);
    frames.want(1); // is kept, and on the page
    await answer();
    expect(seen).toEqual(["frame 1"]);
  });

  it("lets none in while a newer one is on the page and a still newer one is waited for", async () => {
    const { frames, seen, answer } = stage();
    frames.want(1);
    await answer();
    frames.want(2);
    frames.want(1);
    frames.want(3);
    await answer();
    expect(seen).toEqual(["frame 1"]);
    await answer();
    expect(seen).toEqual(["frame 1", "frame 3"]);
  });

  it("fetches what comes next when nothing else is to be done, and does not show it", async () => {
    const { frames, asked, seen, answer } = stage();
    frames.want(1, 2);
    await answer();
    expect(asked).toEqual([1, 2]);
    frames.want(5);
    await answer();
    expect(asked).toEqual([1, 2, 5]);
    expect(seen).toEqual(["frame 1"]);
    await answer();
    frames.want(2);
    expect(seen).toEqual(["frame 1", "frame 5", "frame 2"]);
  });

  it("asks for nothing where it stands already", () => {
    const { frames, asked } = stage(7);
    frames.want(7);
    expect(asked).toEqual([]);
  });

  it("tells of a failure and asks again when it is wanted again", async () => {
    const { frames, asked, seen, failures, answer, refuse } = stage();
    frames.want(1);
    frames.want(2);
    await refuse();
    expect([asked, failures.length]).toEqual([[1], 1]);
    frames.want(2);
    await answer();
    expect([asked, seen]).toEqual([[1, 2], ["frame 2"]]);
  });

  it("forgets the oldest of many", async () => {
    const { frames, asked, answer } = stage();
    for (let key = 1; key <= 61; key++) {
      frames.want(key);
      await answer();
    }
    frames.want(2);
    expect(asked).toHaveLength(61);
    frames.want(1);
    expect(asked).toHaveLength(62);
  });
});
