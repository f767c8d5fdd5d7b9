import { describe, expect, it } from "vitest";
import { advance, Film, minutes } from "./film.ts";

const film = new Film({
  duration: 200,
  seconds: [0, 10, 20, 130, 200],
  phases: [
    [0, "Clarify"],
    [120, "Data"],
  ],
});

describe("the film", () => {
  it.each([
    [0, 0, 10, 0],
    [9.9, 0, 10, 0],
    [10, 10, 20, 0],
    [10.5, 10, 20, 10],
    [129, 20, 130, 20],
    [200, 200, 200, 130],
  ])("at %d shows the frame of %d; next %d, before %d", (at, frame, next, previous) => {
    expect([film.frame(at), film.next(at), film.previous(at)]).toEqual([frame, next, previous]);
  });

  it("says the second and the phase", () => {
    expect([film.words(119.9), film.words(125)]).toEqual(["1:59, Clarify", "2:05, Data"]);
    expect(new Film({ duration: 9, seconds: [0], phases: [] }).words(3)).toBe("0:03");
  });

  it("shows minutes beyond the hour", () => expect(minutes(3725)).toBe("62:05"));
});

describe("playing", () => {
  it("goes by the speed, and not beyond the end", () => {
    expect(advance(film, 10, 0.5, 4, false)).toBe(12);
    expect(advance(film, 199, 0.5, 16, false)).toBe(200);
  });

  it("skips stillness, and leaves a second of it", () => {
    expect(advance(film, 20, 0.1, 1, true)).toBe(129);
    expect(advance(film, 20, 0.1, 1, false)).toBeCloseTo(20.1);
  });

  it("skips no short wait, and never goes back", () => {
    expect(advance(film, 129, 0.1, 1, true)).toBeCloseTo(129.1);
    expect(advance(film, 0, 0.5, 16, true)).toBe(8);
  });
});
