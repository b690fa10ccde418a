"""Every network's accent can be read: white on it, and it on white and on its own soft ground, at 4.5:1 or more."""

import re
from pathlib import Path

import pytest

from contempo.web.context import ACCENTS

TOKENS = (Path(__file__).parents[1] / "assets" / "styles" / "_tokens.scss").read_text(encoding="utf-8")
FOUND = [re.findall(r"#[0-9a-f]{6}", line) for line in re.findall(r"@include accent\((.*?)\);", TOKENS)]
TONES = ("neutral", "info", "success", "warning", "danger")
WHITE = "#ffffff"


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1, from 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_there_is_a_theme_for_each_accent() -> None:
    assert len(FOUND) == len(ACCENTS)
    assert all(f".accent-{name} {{" in TOKENS for name in ACCENTS[1:])


@pytest.mark.parametrize("theme", FOUND, ids=ACCENTS)
def test_an_accent_can_be_read(theme: list[str]) -> None:
    base, strong, deep, soft, _line = theme
    assert contrast(base, WHITE) >= 4.5
    assert contrast(base, soft) >= 4.5
    assert contrast(base, "#f4f7fa") >= 4.5
    assert contrast(strong, soft) >= 4.5
    assert contrast(deep, WHITE) >= 7


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_can_be_read(tone: str) -> None:
    ink, soft = (re.search(rf"--{tone}-{part}: (#[0-9a-f]{{6}})", TOKENS)[1] for part in ("ink", "soft"))
    assert contrast(ink, soft) >= 4.5
    assert contrast(ink, WHITE) >= 4.5
