from __future__ import annotations

import pytest

from interviews.rules import links


@pytest.mark.parametrize(
    "url",
    [
        "https://meet.example.com/abc-defg-hij",
        "https://us02web.zoom.example:8443/j/123?pwd=a%20b#x",
        "HTTPS://call.example.org",
    ],
)
def test_a_link_to_a_call(url: str) -> None:
    assert links.problem(url) is None
    assert links.host_of(url) in url.lower()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://meet.example.com/%0aalert(1)",
        "data:text/html,<script>",
        "http://meet.example.com/a",
        "//meet.example.com/a",
        "meet.example.com",
        "https:meet.example.com",
        "https:///meet",
        "https://",
        "https://localhost/a",
        "https://meet.example.com@evil.example/a",
        "https://user:pw@evil.example/",
        "https://meet.example.com\\@evil.example/",
        "https://meet.example.com/a b",
        "https://meet.example.com/\u202egro",
        "https://meet.example.com/\x00",
        "https://me\u0435t.example.com/",
        "https://[::1",
        "https://meet.example.com:99999/",
        'https://meet.example.com/"onclick="x',
        "https://meet.example.com/" + "a" * 500,
    ],
)
@pytest.mark.asvs("1.2.2")
def test_what_pretends_to_be_one_is_refused_in_words(url: str) -> None:
    why = links.problem(url)
    assert why
    assert why.endswith(".")
