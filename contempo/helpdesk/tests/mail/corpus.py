"""The corpus: invented messages shaped like real ones, and what each of them must be read as.

`expected.json` gives for every file its kind and sender, what its text must and must not contain (`has`, `hasnt`), its
attachments, the notes left on it, and what else matters about it.
"""

import json
from pathlib import Path

FOLDER = Path(__file__).parent / "corpus"
EXPECTED: dict[str, dict] = json.loads((Path(__file__).parent / "expected.json").read_text(encoding="utf-8"))


def raw(name: str) -> bytes:
    """The bytes of one message."""
    return (FOLDER / f"{name}.eml").read_bytes()
