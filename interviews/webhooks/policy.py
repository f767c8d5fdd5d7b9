"""Which addresses may be spoken to. Read by the settings, so it stands on the standard library alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Only what is handed out for use on the internet, less what carries an IPv4 address or is set apart within it. So
# mapped and compatible addresses, NAT64 (64:ff9b::/96 and 64:ff9b:1::/48), unique local, link-local and multicast are
# refused for not being in it.
_GLOBAL_6 = IPv6Network("2000::/3")
_APART_6 = tuple(
    IPv6Network(one)
    for one in (
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)
_APART_4 = tuple(
    IPv4Network(one)
    for one in (
        "192.0.0.0/24",  # protocol assignments; Python calls two of them global
        "192.88.99.0/24",  # 6to4 relays
        "224.0.0.0/4",  # multicast
    )
)


class BadPolicy(ValueError):
    """The settings contradict themselves; the message says what to set."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`ports` that an address may name; `denied` networks besides those that are not global; `ca_file` a PEM file of
    authorities that are trusted besides the usual ones. `local` is for tests and development: this machine, any port,
    and http."""

    ports: frozenset[int] = frozenset({443})
    denied: tuple[Network, ...] = ()
    ca_file: str = ""
    local: bool = False

    def allows(self, address: Address) -> bool:
        """Whether a connection may be made to this address."""
        if self.local and address.is_loopback:
            return True
        if any(address.version == net.version and address in net for net in self.denied):
            return False
        if isinstance(address, IPv4Address):
            return address.is_global and not any(address in net for net in _APART_4)
        if address.scope_id is not None or address not in _GLOBAL_6:
            return False
        return not any(address in net for net in _APART_6)


def read(environment: Mapping[str, str], *, debug: bool) -> Policy:
    """The policy that the WEBHOOK_* variables name; raises BadPolicy."""
    local = environment.get("WEBHOOK_ALLOW_LOCAL", "").lower() in ("1", "true", "yes", "on")
    if local and not debug:
        raise BadPolicy("WEBHOOK_ALLOW_LOCAL is for development; it needs DEBUG=1.")
    try:
        ports = frozenset(int(one) for one in _listed(environment, "WEBHOOK_PORTS")) or frozenset({443})
        denied = tuple(ip_network(one) for one in _listed(environment, "WEBHOOK_DENIED_NETWORKS"))
    except ValueError as error:
        raise BadPolicy(f"WEBHOOK_PORTS or WEBHOOK_DENIED_NETWORKS: {error}.") from error
    if not all(0 < port < 65536 for port in ports):
        raise BadPolicy("WEBHOOK_PORTS must be ports such as 443,8443.")
    return Policy(ports, denied, environment.get("WEBHOOK_CA_FILE", ""), local)


def _listed(environment: Mapping[str, str], name: str) -> list[str]:
    return [one.strip() for one in environment.get(name, "").split(",") if one.strip()]
