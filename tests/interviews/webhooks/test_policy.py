"""Which addresses a webhook may have, and which are connected to."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

import pytest

from interviews.webhooks.policy import BadPolicy, Policy, read
from interviews.webhooks.urls import wrong_with

PUBLIC, LOCAL = Policy(), Policy(local=True)
REFUSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.9",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::808:808",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700::1%eth0",
    "fec0::1",
    "ff02::1",
]


@pytest.mark.parametrize("text", REFUSED)
@pytest.mark.asvs("1.3.6", "13.2.4")
def test_what_is_not_of_the_public_internet_is_refused(text: str) -> None:
    assert not PUBLIC.allows(ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450::1"])
def test_what_is_of_it_is_allowed(text: str) -> None:
    assert PUBLIC.allows(ip_address(text))


@pytest.mark.asvs("13.2.4")
def test_more_networks_can_be_denied() -> None:
    policy = Policy(denied=(ip_network("8.8.8.0/24"), ip_network("2606:4700::/32")))
    assert not policy.allows(ip_address("8.8.8.8"))
    assert not policy.allows(ip_address("2606:4700::1"))
    assert policy.allows(ip_address("8.8.4.4"))


def test_the_local_policy_opens_this_machine_and_no_network() -> None:
    assert LOCAL.allows(ip_address("127.0.0.1"))
    assert LOCAL.allows(ip_address("::1"))
    assert not any(LOCAL.allows(ip_address(one)) for one in ("10.0.0.1", "169.254.169.254", "fd00::1"))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hook",
        "https://example.com:443/hook?a=1&b=%20",
        "https://xn--bcher-kva.example/x",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
    ],
)
def test_an_address_that_will_do(url: str) -> None:
    assert wrong_with(url, PUBLIC) == ""


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "https://"),
        ("http://example.com/", "https://"),
        ("ftp://example.com/", "https://"),
        ("//example.com/", "https://"),
        ("https://", "no host"),
        ("https:///path", "no host"),
        ("https://user:word@example.com/", "user name"),
        ("https://user@example.com/", "user name"),
        ("https://@example.com/", "user name"),
        ("https://example.com/#part", "fragment"),
        ("https://example.com:8443/", "port"),
        ("https://example.com:0/", "port"),
        ("https://example.com:x/", "no address"),
        ("https://exam ple.com/", "ASCII"),
        ("https://example.com\\@evil.example/", "ASCII"),
        ("https://bücher.example/", "ASCII"),
        ("https://example.com/\r\nX: y", "ASCII"),
        ("https://localhost/", "public internet"),
        ("https://db.internal/", "public internet"),
        ("https://printer.local/", "public internet"),
        ("https://intranet/", "public internet"),
        ("https://2130706433/", "public internet"),
        ("https://127.0.0.1/", "public internet"),
        ("https://[::1]/", "public internet"),
        ("https://[::ffff:10.0.0.1]/", "public internet"),
        ("https://example.com/" + "x" * 500, "500"),
    ],
)
def test_an_address_that_will_not_and_why(url: str, says: str) -> None:
    assert says in wrong_with(url, PUBLIC)


def test_http_and_other_ports_only_locally() -> None:
    assert wrong_with("http://127.0.0.1:9000/hook", LOCAL) == ""
    assert wrong_with("https://example.com:8443/", Policy(ports=frozenset({443, 8443}))) == ""
    assert "public internet" in wrong_with("http://10.0.0.1/", LOCAL)


def test_the_environment_says_what_is_open() -> None:
    said = {
        "WEBHOOK_PORTS": "443, 8443",
        "WEBHOOK_DENIED_NETWORKS": "8.8.8.0/24",
        "WEBHOOK_CA_FILE": "ca.pem",
    }
    assert read(said, debug=False) == Policy(frozenset({443, 8443}), (ip_network("8.8.8.0/24"),), "ca.pem")
    assert read({}, debug=False) == Policy()
    assert read({"WEBHOOK_ALLOW_LOCAL": "1"}, debug=True).local


@pytest.mark.parametrize(
    "said",
    [
        {"WEBHOOK_PORTS": "many"},
        {"WEBHOOK_PORTS": "0"},
        {"WEBHOOK_DENIED_NETWORKS": "10.0.0.1/8"},
        {"WEBHOOK_ALLOW_LOCAL": "1"},
    ],
)
def test_settings_that_contradict_themselves_stop_the_site(said: dict[str, str]) -> None:
    with pytest.raises(BadPolicy):
        read(said, debug=False)
