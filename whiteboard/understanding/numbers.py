"""The figures in a label, as people write them on a board: "20 ms p99", "10k QPS", "500 -> 60", "hourly".

What is not plainly such a figure is left: "DCN-v2", "int8", "70B" and "90 days" say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from whiteboard.system import Numbers

# Longer labels are prose; they are read this far.
MAX_LABEL = 500

_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mln": 1e6, "mio": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9}
_SCALE |= {"billion": 1e9, "t": 1e12}
_SPAN = {
    "ms": 0.001,
    "s": 1,
    "sec": 1,
    "second": 1,
    "min": 60,
    "minute": 60,
    "h": 3_600,
    "hr": 3_600,
    "hour": 3_600,
}
_SPAN |= {"d": 86_400, "day": 86_400, "night": 86_400, "week": 604_800, "wk": 604_800, "month": 2_592_000}
_SPAN |= {"year": 31_536_000}
_ADVERB = {"hourly": 3_600, "nightly": 86_400, "daily": 86_400, "weekly": 604_800, "wkly": 604_800}
_ADVERB |= {"monthly": 2_592_000, "quarterly": 7_776_000, "yearly": 31_536_000}
_BYTES = {"kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12, "pb": 1e15}

# A number that is no part of a word, a version or another number.
_N = r"(?<![\w.,-])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,15}(?:\.\d{1,6})?)"
_S = r"\s?(?P<s>k|thousand|mln|mio|million|m|billion|bn|b|t)?"
_UNIT = r"(?P<u>ms|seconds?|secs?|s|minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|wks?|nights?|months?)\b"
_ITEMS = (
    "images?|photos?|items?|vectors?|vecs?|docs?|documents?|posts?|users?|people|listings?|videos?|rows?|ads?"
    "|products?|records?|events?|embeddings?"
)
_MACHINES = "pods?|replicas?|instances?|machines?|nodes?|servers?|boxes|workers?"

_LATENCY = re.compile(
    rf"{_N}\s?(?P<u>ms|s|sec)\b(?P<after>[\s,;)]{{0,2}}(?:at )?p\s?(?P<p>99\.9|999|\d\d)\b)?", re.I
)
# A limit, a delay or a saving is no time that a request spends.
_NO_LATENCY = re.compile(
    r"(?:\b(?:budget|saves?|shift(?:ed)?|time-?out|every|each|lag|window|after|waits?|for|if|limit|slo|sla"
    r"|under|below|within|max|sub|at most|up to|less than|no more than)|[<>≤≥±]=?|\+/-)[\s~:=-]*$",
    re.I,
)
_A_LIMIT = re.compile(r"[\s,)]*(?:time-?out|budget|limit|slo\b|sla\b|else|window|max\b|or less)", re.I)
_P_BEFORE = re.compile(r"p(99\.9|999|\d\d)[\s:=~]{0,4}$", re.I)
_RATE = re.compile(
    rf"{_N}{_S}\s?(?:requests|req|queries|events|msgs|predictions|preds?|scores)?\s?"
    r"(?:qps|rps|tps|(?:/|per |a )\s?(?P<u>seconds?|sec|s|minute|min|hour|h|day|d)\b)",
    re.I,
)
_FUNNEL = re.compile(
    rf"{_N}{_S}\s?(?:→|->|=>)\s?~?(?P<m>\d{{1,9}})\s?(?P<ms>k|m|b)?\b(?!\s?(?:%|[.\d]|d\b|ms))", re.I
)
_GIVES = re.compile(r"(?:→|->|=>)\s?~?(?P<n>\d{1,9})\s?(?P<s>k|m|b)?\b(?!\s?(?:%|[.\d]|d\b|ms))", re.I)
_EVERY = re.compile(rf"\b(?:every|each|per)\s(?:(?P<n>\d{{1,4}})[\s-]?)?{_UNIT}", re.I)
# "<1s" alone is as often a limit on an answer as it is an age.
_LAG = re.compile(
    r"(?:\blag\s(?P<n>\d{1,4})\s?(?P<u>s|sec|min|h)|(?:<=?|≤)\s?(?P<n1>\d{1,4})\s?(?P<u1>min|h)"
    r"|(?<!\w)(?P<n2>\d{1,4})\s?(?P<u2>s|sec|min|h) lag)\b",
    re.I,
)
_OFTEN = re.compile(rf"\b({'|'.join(_ADVERB)})\b", re.I)
_REPLICAS = re.compile(
    rf"(?<![\w.])(?P<n>\d{{1,5}})\s(?:{_MACHINES})\b|\b(?:{_MACHINES})\s?[x×]\s?(?P<m>\d{{1,5}})\b"
    rf"|(?<!\w)[x×]\s?(?P<k>\d{{1,5}})\s(?:{_MACHINES})\b",
    re.I,
)
_COUNT = re.compile(rf"{_N}{_S}\s(?:\w+\s)?(?:{_ITEMS})\b", re.I)
_SIZE = re.compile(rf"{_N}\s?(?P<u>kb|mb|gb|tb|pb)\b", re.I)
_LEAST_COUNT = 1_000


def numbers(label: str) -> Numbers:
    """What this label says in figures; Numbers() where it says nothing. Never raises."""
    text = label[:MAX_LABEL]
    latency, percentile = next(_latencies(text), (None, None))
    takes, gives = _funnel(text)
    return Numbers(
        latency_ms=latency,
        percentile=percentile,
        per_second=next(_rates(text), None),
        takes=takes,
        gives=gives,
        every_s=_interval(text),
        replicas=next(
            (int(found["n"] or found["m"] or found["k"]) for found in _REPLICAS.finditer(text)), None
        ),
        count=next(_counts(text), None),
        bytes=next((_value(found["n"]) * _BYTES[found["u"].lower()] for found in _SIZE.finditer(text)), None),
    )


def _latencies(text: str) -> Iterator[tuple[float, float | None]]:
    for found in _LATENCY.finditer(text):
        before = text[: found.start()]
        said = found["p"] or next((p[1] for p in [_P_BEFORE.search(before)] if p), None)
        seconds = found["u"].lower() != "ms"
        # "30 s" is as often an interval or a length as it is a latency: a percentile decides.
        if _NO_LATENCY.search(before) or _A_LIMIT.match(text, found.end()) or (seconds and said is None):
            continue
        percentile = 99.9 if said == "999" else float(said) if said else None
        yield _value(found["n"]) * (1_000 if seconds else 1), percentile


def _rates(text: str) -> Iterator[float]:
    for found in _RATE.finditer(text):
        per = _span(found["u"]) if found["u"] else 1
        yield _value(found["n"], found["s"]) / per


def _funnel(text: str) -> tuple[float | None, float | None]:
    found = _FUNNEL.search(text)
    if found and "%" not in text[: found.end() + 1]:
        return _value(found["n"], found["s"]), _value(found["m"], found["ms"])
    gives = _GIVES.search(text)
    if gives and not re.search(r"[\d%]\s?[kmb]?\s?$", text[: gives.start()], re.I):
        return None, _value(gives["n"], gives["s"])
    return None, None


def _interval(text: str) -> float | None:
    if found := _EVERY.search(text):
        # "per second" makes a rate of the number before it, "per day" too.
        rate = re.search(r"\d\s?[kmb]?\s?\w{0,12}\s?$", text[: found.start()], re.I)
        if not (found[0].lower().startswith("per") and rate):
            return float(found["n"] or 1) * _span(found["u"])
    if often := _OFTEN.search(text):
        return _ADVERB[often[1].lower()]
    if lag := _LAG.search(text):
        digits, unit = lag["n"] or lag["n1"] or lag["n2"], lag["u"] or lag["u1"] or lag["u2"]
        return float(digits) * _span(unit)
    return None


def _counts(text: str) -> Iterator[float]:
    for found in _COUNT.finditer(text):
        value = _value(found["n"], found["s"])
        if value >= _LEAST_COUNT:
            yield value


def _value(digits: str, scale: str | None = None) -> float:
    return float(digits.replace(",", "")) * _SCALE.get((scale or "").lower(), 1)


def _span(unit: str) -> float:
    unit = unit.lower()
    return _SPAN[unit] if unit in _SPAN else _SPAN[unit.removesuffix("s")]
