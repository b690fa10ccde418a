"""Being told to end: by Ctrl-C, by SIGTERM, by a terminal that closes."""

import signal

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Python drops an exception that reaches it in the wrong moment (a finaliser): what was asked is kept here besides.
asked: list[int] = []


def by_exception() -> None:
    """From now on end by way of an exception, so that what was begun is undone and the embedded database let go."""
    for number in SIGNALS:
        signal.signal(number, _end)


def _end(number: int, _frame: object) -> None:
    asked.append(number)
    if number == signal.SIGINT:
        raise KeyboardInterrupt
    raise SystemExit(128 + number)
