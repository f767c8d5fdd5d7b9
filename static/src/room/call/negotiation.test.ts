/** Two negotiations over two lines that keep the browser's rules of signalling; words arrive late, and may be lost. */
import { beforeEach, expect, test } from "vitest";
import { Negotiation, type Line } from "./negotiation.ts";
import type { Matter } from "./signals.ts";

const turn = () => new Promise((resolve) => setTimeout(resolve));

/** RTCPeerConnection's signalling states and rollback, as the specification has them; no media. */
class Wire implements Line {
  signalingState: RTCSignalingState = "stable";
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  candidates: string[] = [];
  restarts = 0;
  private made = 0;

  constructor(private readonly name: string) {}

  async setLocalDescription(): Promise<void> {
    await turn();
    const answers = this.signalingState === "have-remote-offer";
    this.localDescription = { type: answers ? "answer" : "offer", sdp: `${this.name}${++this.made}` };
    this.signalingState = answers ? "stable" : "have-local-offer";
  }

  async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
    await turn();
    if (description.type === "answer" && this.signalingState !== "have-local-offer") throw new Error("InvalidStateError");
    // An offer rolls one's own back.
    this.signalingState = description.type === "offer" ? "have-remote-offer" : "stable";
    this.remoteDescription = description;
  }

  async addIceCandidate({ candidate }: RTCIceCandidateInit): Promise<void> {
    await turn();
    if (!this.remoteDescription) throw new Error("InvalidStateError");
    this.candidates.push(candidate ?? "");
  }

  restartIce(): void {
    this.restarts++;
  }
}

let lines: Record<"polite" | "impolite", Wire>;
let ends: Record<"polite" | "impolite", Negotiation>;
let lost: (said: Matter) => boolean;
let said: string[];

beforeEach(() => {
  lost = () => false;
  said = [];
  lines = { polite: new Wire("p"), impolite: new Wire("i") };
  const to = (other: "polite" | "impolite") => (matter: Matter) => {
    if ("description" in matter) said.push(`${matter.description.type} ${matter.description.sdp}`);
    if (lost(matter)) return;
    setTimeout(() => {
      if ("description" in matter) void ends[other].hear(matter.description);
      if ("candidate" in matter) void ends[other].hearCandidate(matter.candidate);
    }, 5);
  };
  ends = {
    polite: new Negotiation(lines.polite, true, to("impolite")),
    impolite: new Negotiation(lines.impolite, false, to("polite")),
  };
});

const settled = () =>
  expect
    .poll(() => [lines.polite.signalingState, lines.impolite.signalingState, lines.polite.remoteDescription?.sdp])
    .toEqual(["stable", "stable", expect.any(String)]);

test("one offers, the other answers", async () => {
  await ends.impolite.offer();
  await settled();
  expect(said).toEqual(["offer i1", "answer p1"]);
});

test("when both offer at once, the polite one gives way and both agree on the other's offer", async () => {
  await Promise.all([ends.polite.offer(), ends.impolite.offer()]);
  await settled();
  expect(lines.polite.remoteDescription).toEqual({ type: "offer", sdp: "i1" });
  expect(lines.impolite.remoteDescription).toEqual({ type: "answer", sdp: "p2" });
});

test("candidates of an ignored offer are dropped in silence, those of a good one are not", async () => {
  const candidate = { candidate: "c", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null };
  await ends.impolite.offer();
  await ends.impolite.hear({ type: "offer", sdp: "p0" });
  await expect(ends.impolite.hearCandidate(candidate)).resolves.toBeUndefined();
  expect(lines.impolite.candidates).toEqual([]);
  await settled();
  await ends.impolite.hearCandidate(candidate);
  expect(lines.impolite.candidates).toEqual(["c"]);
});

test.each(["offer", "answer"])("a lost %s is said again after the connection is back", async (type) => {
  lost = (matter) => "description" in matter && matter.description.type === type;
  await ends.impolite.offer();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(lines.impolite.signalingState).toBe("have-local-offer");
  lost = () => false;
  ends.impolite.again();
  await settled();
  expect(lines.impolite.restarts).toBe(0);
});

test("where both had agreed, another way is looked for", async () => {
  await ends.impolite.offer();
  await settled();
  ends.polite.again();
  expect(lines.polite.restarts).toBe(1);
});

test("an answer that comes twice is taken once", async () => {
  await ends.impolite.offer();
  await settled();
  await expect(ends.impolite.hear({ type: "answer", sdp: "p1" })).resolves.toBeUndefined();
});

test("what must stand before an answer stands", async () => {
  const order: string[] = [];
  const end = new Negotiation(
    lines.polite,
    true,
    () => order.push("answered"),
    async () => void order.push("tracks"),
  );
  await end.hear({ type: "offer", sdp: "x" });
  expect(order).toEqual(["tracks", "answered"]);
});
