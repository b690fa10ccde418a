"""Reply addresses that say to which question a letter belongs, and that nobody else can make.

`sportello+<token>@example.org`: the token is the number of the question, the last day it holds and a keyed digest of
both (HMAC-SHA-256 cut to 104 bits, RFC 2104), in base32, which survives servers that change the case of addresses. It
has 32 characters, so that an address of up to 31 before the plus stays within the 64 of RFC 5321.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

_EPOCH = date(2020, 1, 1)
_KEY_BYTES, _DAY_BYTES, _MAC_BYTES = 5, 2, 13
_LENGTH = 32
LONGEST_LOCAL = 64 - 1 - _LENGTH
"""Characters before the @ of a desk's address, so that a token fits beside them."""

_PURPOSE = b"contempo helpdesk reply address\0"


class Seal(StrEnum):
    """What the token of an address is worth."""

    ABSENT = "absent"
    VALID = "valid"
    EXPIRED = "expired"
    FORGED = "forged"


@dataclass(frozen=True)
class Token:
    """The token of an address: what it is worth, and the question it names when it is valid or was."""

    seal: Seal
    question_key: int | None = None


def reply_address(domain_address: str, question_key: int, secret: str, expires: datetime) -> str:
    """The address for replies about question `question_key` at the desk's `domain_address`.

    It holds to the end of the day (UTC) on which `expires` (aware) falls. Raises `ValueError` for a number or a day out
    of range, or a desk's address too long to carry a token.
    """
    local, at, domain = domain_address.partition("@")
    day = (expires.astimezone(UTC).date() - _EPOCH).days
    if not at or not 0 <= question_key < 1 << 8 * _KEY_BYTES or not 0 <= day < 1 << 8 * _DAY_BYTES:
        raise ValueError("no reply address can be made of this")
    payload = question_key.to_bytes(_KEY_BYTES, "big") + day.to_bytes(_DAY_BYTES, "big")
    token = base64.b32encode(payload + _digest(payload, secret)).decode("ascii").lower()
    address = f"{local}+{token}@{domain}"
    if len(local) > LONGEST_LOCAL or len(address) > 254:
        raise ValueError(f"{domain_address} is too long to carry a token")
    return address


def token_of(address: str, secret: str, now: datetime) -> Token:
    """The token of an address, checked in constant time at the instant `now` (aware); `ABSENT` when it has none."""
    tag = address.partition("@")[0].partition("+")[2].strip()
    if not tag:
        return Token(Seal.ABSENT)
    try:
        sealed = base64.b32decode(tag.upper()) if len(tag) == _LENGTH else b""
    except ValueError:
        sealed = b""
    payload, digest = sealed[: _KEY_BYTES + _DAY_BYTES], sealed[_KEY_BYTES + _DAY_BYTES :]
    if not hmac.compare_digest(digest, _digest(payload, secret)):
        return Token(Seal.FORGED)
    key, day = int.from_bytes(payload[:_KEY_BYTES], "big"), int.from_bytes(payload[_KEY_BYTES:], "big")
    expired = now.astimezone(UTC).date() > _EPOCH + timedelta(days=day)
    return Token(Seal.EXPIRED if expired else Seal.VALID, key)


def without_token(address: str) -> str:
    """The desk's own address behind an address for replies, in lower case."""
    local, at, domain = address.lower().rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}"


def _digest(payload: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), _PURPOSE + payload, hashlib.sha256).digest()[:_MAC_BYTES]
