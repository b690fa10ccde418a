"""The links of invitations: codes nobody else can make, without a secret kept for each.

A code is the number of the invitation, its generation and a keyed digest of both and of the campaign (HMAC-SHA-256 cut
to 80 bits, RFC 2104), in base32: 24 letters and digits, which survive mail programs and can be typed from paper. When
a contact is replaced the generation grows, and the link sent before is worth nothing.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass

LENGTH = 24
_NUMBER_BYTES, _GENERATION_BYTES, _SEAL_BYTES = 4, 1, 10
GENERATIONS = (1 << 8 * _GENERATION_BYTES) - 1
"""The last generation a code can tell."""

_PURPOSE = b"contempo questionnaires link of an invitation\0"
# Digits base32 does not have, as people read them from paper; hyphens and spaces are how it is printed.
_TYPED = str.maketrans({"0": "o", "1": "l", "8": "b", "-": None, " ": None})


@dataclass(frozen=True)
class Claim:
    """What a code says of itself: true only when its `seal` is (`is_genuine`)."""

    number: int
    generation: int
    seal: bytes


def key_of(secret: str) -> bytes:
    """The key for codes, derived from the secret of the installation: 32 bytes of no use for anything else."""
    return hmac.new(secret.encode(), _PURPOSE, hashlib.sha256).digest()


def make_code(key: bytes, *, campaign: int, number: int, generation: int) -> str:
    """The code of an invitation: `LENGTH` lower-case letters and digits.

    `number` is that of the invitation, below 2^32, `generation` below 256. Raises `ValueError` for others.
    """
    if not 0 < number < 1 << 8 * _NUMBER_BYTES or not 0 <= generation < 1 << 8 * _GENERATION_BYTES:
        raise ValueError("no code can be made of this")
    body = number.to_bytes(_NUMBER_BYTES, "big") + generation.to_bytes(_GENERATION_BYTES, "big")
    return base64.b32encode(body + _seal(key, campaign, body)).decode("ascii").lower()


def read_code(code: str) -> Claim | None:
    """What a code claims, also one typed from paper with hyphens or in capitals; None for what is no code at all."""
    typed = code.lower().translate(_TYPED)
    if len(typed) != LENGTH or not typed.isascii():
        return None
    try:
        sealed = base64.b32decode(typed.upper())
    except ValueError:
        return None
    end = _NUMBER_BYTES + _GENERATION_BYTES
    number, generation = sealed[:_NUMBER_BYTES], sealed[_NUMBER_BYTES:end]
    return Claim(int.from_bytes(number, "big"), int.from_bytes(generation, "big"), sealed[end:])


def is_genuine(key: bytes, claim: Claim, *, campaign: int, generation: int) -> bool:
    """Whether a code was made here for an invitation of `campaign` that is still in the `generation` it claims."""
    number = claim.number.to_bytes(_NUMBER_BYTES, "big")
    body = number + claim.generation.to_bytes(_GENERATION_BYTES, "big")
    return hmac.compare_digest(claim.seal, _seal(key, campaign, body)) and claim.generation == generation


def printed(code: str) -> str:
    """A code as it is printed to be typed: in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _seal(key: bytes, campaign: int, body: bytes) -> bytes:
    return hmac.new(key, f"{campaign}\0".encode() + body, hashlib.sha256).digest()[:_SEAL_BYTES]
