"""What our scripts write into objects by a name that is reckoned."""

from __future__ import annotations

import re

import pytest

from tests.security.product import scripts

# `thing[name] = value` with a name that is no number and stands in no quotes; one level deep each, so that whatever the
# name is, at most this one object becomes another.
WRITES = {
    "page/drafts.ts: found[field.name]",
    "room/call/media.ts: this.chosen[kind]",
    "room/call/media.ts: this[kind]",
    "room/news.ts: this.heard[log]",
    "room/socket.ts: this.handlers[type]",
    "room/tools/decisions.ts: open[key]",
}
_WRITE = re.compile(r"([\w.]+(?:\[[^\[\]]+\])+)\)?\s*(?:[-+*/|&]|\?\?|\|\||&&)?=(?![=>])")
_NAMED = re.compile(r"\[(?!\d+\]|[\"'`])[^\]]*\]")


@pytest.mark.asvs("15.3.6")
def test_no_prototype_is_written_to() -> None:
    """Pollution needs two names in a row (`a[x][y] = z`), a merge that goes deep, or a prototype that is set."""
    found, risky = set(), []
    for name, text in scripts().items():
        for line in text.splitlines():
            if re.match(r"\s*(const|let|type|interface|\*|//)", line):
                continue
            for match in _WRITE.finditer(line):
                if _NAMED.search(match[1]):
                    found.add(f"{name}: {match[1]}")
        risky += re.findall(r"__proto__|setPrototypeOf|\bmerge\w*\(|\bdefaultsDeep\b|\.prototype\b", text)
    assert found == WRITES
    assert [one for one in found if one.count("[") > 1] == []
    assert set(risky) == set()
