"""When the responses of an anonymous campaign are mixed. Pure. See docs/algorithms/anonymity.md."""

from contempo.core.small_cells import LEAST

SHARE = 20
"""While answers are taken one in so many must be new: then each is written anew about so often, and no more."""


def to_mix(waiting: int, placed: int, *, closed: bool, mixed: bool) -> bool:
    """Whether responses are mixed now, `waiting` for a place while `placed` have one.

    While answers are taken at least `LEAST` must wait, and one in `SHARE` of those placed. Once closed always, unless
    nothing came since they were `mixed` after closing.
    """
    if closed:
        return waiting > 0 or (placed > 0 and not mixed)
    return waiting >= max(LEAST, placed / SHARE)
