"""Who asks and over what, behind a reverse proxy too: its word is taken only when the settings name its address."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from ingest.errors import UsageError

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address
HOUSEHOLD_BITS = 64  # one subscriber of IPv6 has at least that many addresses to change among


def networks(given: Sequence[str]) -> tuple[Network, ...]:
    """Addresses and networks as the setting `trusted_proxies` has them.

    Raises:
        UsageError: one is neither.
    """
    found = []
    for each in given:
        try:
            found.append(ip_network(each.strip(), strict=False))
        except ValueError as error:
            raise UsageError(
                f"setting trusted_proxies: found {each!r}, needs an address (10.0.0.5) or a network (10.0.0.0/24)"
            ) from error
    return tuple(found)


def client_address(scope: Scope, trusted: Sequence[Network]) -> str:
    """The address a request comes from; for IPv6, its network of 64 bits.

    The last address of X-Forwarded-For that no trusted proxy has, when a trusted proxy sent the request: what stands before
    it anybody can have written.
    """
    address = _peer(scope)
    if address is None:
        return "unknown"
    if _among(address, trusted):
        forwarded = ",".join(Headers(scope=scope).getlist("x-forwarded-for")).split(",")
        for each in reversed(forwarded):
            before = _parsed(each)
            if before is None:
                break
            address = before
            if not _among(address, trusted):
                break
    if isinstance(address, IPv6Address):
        return str(ip_network((address, HOUSEHOLD_BITS), strict=False))
    return str(address)


def is_https(scope: Scope, trusted: Sequence[Network], always: bool) -> bool:
    """Whether the browser reached us over https; `always` is the setting `https`."""
    if always or scope.get("scheme") == "https":
        return True
    peer = _peer(scope)
    protocol = Headers(scope=scope).get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
    return peer is not None and _among(peer, trusted) and protocol == "https"


def is_forwarded(scope: Scope) -> bool:
    """Whether some proxy passed the request on, trusted or not."""
    headers = Headers(scope=scope)
    return any(name in headers for name in ("x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host", "via"))


def _peer(scope: Scope) -> Address | None:
    client = scope.get("client")
    return _parsed(client[0]) if client else None


def _parsed(text: str) -> Address | None:
    try:
        address = ip_address(text.strip().strip("[]").partition("%")[0])
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None)
    return mapped or address


def _among(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)
