/** What two pages tell each other to call (interviews/rules/signal.py has the bounds). */

export type Mic = "on" | "off" | "none";

export interface PageState {
  /** Whether this page takes part in the call. */
  here: boolean;
  /** Whether it wants to know the same of the one it tells. */
  asks: boolean;
  mic: Mic;
  camera: boolean;
}

export interface Description {
  type: "offer" | "answer";
  sdp: string;
}

export interface Candidate {
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
  usernameFragment: string | null;
}

export type Matter = { state: PageState } | { description: Description } | { candidate: Candidate };

/** `me` names the page that says it, `you` the page that it is for; null is for every page of that seat. */
export type Signal = { me: string; you: string | null } & Matter;
