"""Text in cells of tables that spreadsheets open: never run as a formula, and read back as it was. Pure."""

import re

# Quotes come first so that a text which begins with one of its own gets another, and reading takes off only ours.
_RUNS = re.compile(r"'*\s*[=+\-@\t\r\n]")


def disarm(text: str) -> str:
    """`text` with a quote before it when a spreadsheet would take it for a formula (OWASP, "CSV injection")."""
    return f"'{text}" if _RUNS.match(text) else text


def rearm(text: str) -> str:
    """What `disarm` was given; a text it would not have written stays as it is."""
    return text[1:] if text.startswith("'") and _RUNS.match(text, 1) else text


def column_letter(position: int) -> str:
    """The name of a column as spreadsheets show it: 0 is A, 25 Z, 26 AA."""
    letters = ""
    position += 1
    while position:
        position, letter = divmod(position - 1, 26)
        letters = chr(65 + letter) + letters
    return letters
