"""What a browser can say of its call, and what crosses the room's socket for it."""

from __future__ import annotations

from playwright.sync_api import Page, WebSocket

from tests.e2e.product import until

# What the page's connections have received, by kind: the browser's own count.
KEEP = """() => {
  const Real = window.RTCPeerConnection;
  window.connections = [];
  window.RTCPeerConnection = class extends Real {
    constructor(...given) { super(...given); window.connections.push(this); }
  };
}"""
RECEIVED = """async (kind) => {
  const received = [];
  for (const one of window.connections) {
    if (one.connectionState === "closed") continue;
    let bytes = 0;
    for (const stat of (await one.getStats()).values()) {
      if (stat.type === "inbound-rtp" && stat.kind === kind) bytes += stat.bytesReceived;
    }
    received.push(bytes);
  }
  return received;
}"""


# The kinds of address at the two ends of the way that each connection has taken.
WAYS = """async () => {
  const ways = [];
  for (const one of window.connections) {
    if (one.connectionState !== "connected") continue;
    const stats = await one.getStats();
    for (const stat of stats.values()) {
      if (stat.type !== "transport") continue;
      const pair = stats.get(stat.selectedCandidatePairId);
      ways.push([stats.get(pair.localCandidateId).candidateType, stats.get(pair.remoteCandidateId).candidateType]);
    }
  }
  return ways;
}"""


def received(page: Page, kind: str) -> list[int]:
    """Bytes of this kind by each open connection."""
    return [int(count) for count in page.evaluate(RECEIVED, kind)]


def flows(page: Page, kind: str, *, people: int = 1) -> None:
    """Wait until what has arrived from each of so many people grows, twice."""

    def grows(before: list[int]) -> bool:
        now = received(page, kind)
        return len(now) == len(before) and all(a > b + 500 for a, b in zip(now, before, strict=True))

    until(lambda: len(received(page, kind)) == people, 60, f"Not {people} connections.")
    for _ in range(2):
        before = received(page, kind)
        until(lambda before=before: grows(before), 60, f"Not from everybody {kind} arrives.")  # type: ignore[misc]


def frames_of(page: Page) -> list[str]:
    """Every frame that the page sends and hears from its next load on, as it comes."""
    frames: list[str] = []

    def keep(frame: str | bytes) -> None:
        frames.append(frame if isinstance(frame, str) else frame.decode(errors="replace"))

    def listen(line: WebSocket) -> None:
        line.on("framesent", keep)
        line.on("framereceived", keep)

    page.on("websocket", listen)
    return frames


def hide(page: Page) -> None:
    page.get_by_role("button", name="Devices, and calling by a link").click()
    page.get_by_label("Hide my address from the others").check()
    page.get_by_role("button", name="Close").click()
