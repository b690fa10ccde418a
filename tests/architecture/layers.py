"""The layers of the house, as pyproject.toml lays them down for import-linter."""

import tomllib

from contempo.config.installation import ROOT

_CONTRACT = "Contexts stand in layers; neighbours do not know each other"


def layers() -> list[set[str]]:
    """Names of the contexts, highest layer first; contexts of one layer together."""
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    contract = next(each for each in configured["contracts"] if each["name"] == _CONTRACT)
    return [{name.strip(" ()").removeprefix("contempo.") for name in layer.split("|")} for layer in contract["layers"]]


def height(context: str) -> int:
    """How high a context stands: 0 for the lowest. Raises StopIteration for an unknown one."""
    return next(number for number, layer in enumerate(reversed(layers())) if context in layer)
