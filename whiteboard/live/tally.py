"""Figures on edits, for whoever watches the process (prometheus-client's default registry)."""

from __future__ import annotations

from prometheus_client import Counter, Histogram

COMMITTED = Counter("twoloops_edits_committed", "Edits that were written to the log of their board.")
ACK_DELAY = Histogram(
    "twoloops_ack_seconds",
    "From taking an edit in to its answer.",
    buckets=(0.025, 0.05, 0.075, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10),
)
