"""Ties: drawn from a seed that was committed, by its hash, before anybody could know who would need them."""

import hashlib
from collections.abc import Iterator
from struct import iter_unpack

import numpy as np

from contempo.agile.rules.clearing.claims import Names

_AT_ONCE = 65_536


def seed_hash(seed: bytes) -> str:
    """What is published of a seed, or of a salt, while it is secret: SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(seed).hexdigest()


def pseudonym(salt: bytes, number: str) -> int:
    """What stands for a worker's `number` in one month: 63 bits of its BLAKE2b under a salt that is never published."""
    return int.from_bytes(hashlib.blake2b(number.encode(), digest_size=8, key=salt).digest(), "big") >> 1


def ties(seed: bytes, pseudonyms: Names) -> Names:
    """For each pseudonym the number that decides a tie, the lowest first: BLAKE2b (RFC 7693) of its 8 bytes, highest
    first, with the seed as key and 8 bytes of digest, read as a whole number.
    """
    made = np.empty(len(pseudonyms), np.uint64)
    for start in range(0, len(pseudonyms), _AT_ONCE):
        part = pseudonyms[start : start + _AT_ONCE]
        made[start : start + len(part)] = np.frombuffer(b"".join(_digests(seed, part)), ">u8")
    return made


def _digests(seed: bytes, pseudonyms: Names) -> Iterator[bytes]:
    keyed = hashlib.blake2b(digest_size=8, key=seed)
    for (name,) in iter_unpack("8s", pseudonyms.astype(">u8").tobytes()):
        one = keyed.copy()  # the key is hashed once
        one.update(name)
        yield one.digest()
