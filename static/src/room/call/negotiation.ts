/**
 * Perfect negotiation (W3C, "WebRTC: Real-Time Communication in Browsers", section 10.7): two pages may offer at the
 * same time, and the polite one gives way. It knows no media and no network, only the line and how to send.
 */
import type { Candidate, Description, Matter } from "./signals.ts";

/** The part of RTCPeerConnection that is used here. */
export interface Line {
  readonly signalingState: RTCSignalingState;
  readonly localDescription: RTCSessionDescriptionInit | null;
  setLocalDescription(): Promise<void>;
  setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void>;
  addIceCandidate(candidate: RTCIceCandidateInit): Promise<void>;
  restartIce(): void;
}

export class Negotiation {
  private offering = false;
  private ignoring = false;
  private answerIsBeingSet = false;

  constructor(
    private readonly line: Line,
    private readonly polite: boolean,
    private readonly send: (matter: Matter) => void,
    /** What must stand before an offer is answered. */
    private readonly beforeAnswer: () => Promise<void> = async () => {},
  ) {}

  /** The line needs an offer (`negotiationneeded`). */
  async offer(): Promise<void> {
    this.offering = true;
    try {
      await this.line.setLocalDescription();
      this.tell();
    } finally {
      this.offering = false;
    }
  }

  async hear(description: Description): Promise<void> {
    const ready = !this.offering && (this.line.signalingState === "stable" || this.answerIsBeingSet);
    const collision = description.type === "offer" && !ready;
    this.ignoring = !this.polite && collision;
    if (this.ignoring) return;
    if (description.type === "answer" && this.line.signalingState !== "have-local-offer") return; // said twice
    this.answerIsBeingSet = description.type === "answer";
    try {
      await this.line.setRemoteDescription(description);
    } finally {
      this.answerIsBeingSet = false;
    }
    if (description.type !== "offer") return;
    await this.beforeAnswer();
    await this.line.setLocalDescription();
    this.tell();
  }

  async hearCandidate(candidate: Candidate): Promise<void> {
    try {
      await this.line.addIceCandidate(candidate);
    } catch (error) {
      // Those of an offer that was ignored belong to nothing.
      if (!this.ignoring) throw error;
    }
  }

  /** What was said may be lost: says an offer that nobody has answered again, or looks for another way. */
  again(): void {
    if (this.line.signalingState === "have-local-offer") this.tell();
    else this.line.restartIce();
  }

  private tell(): void {
    const said = this.line.localDescription;
    if (said?.sdp && (said.type === "offer" || said.type === "answer")) {
      this.send({ description: { type: said.type, sdp: said.sdp } });
    }
  }
}
