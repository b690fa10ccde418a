"""The worked example of docs/algorithms/remote-share.md is what the rule gives."""

import re
from pathlib import Path

from contempo.agile.rules.mapping import HALVES, Part, standing

PAGE = (Path(__file__).parents[4] / "docs/algorithms/remote-share.md").read_text(encoding="utf-8")


def example() -> list[tuple[str, str, int, str, str]]:
    rows = re.findall(r"^\| (\w+) \| (remote|partly|not) \| (\d+) \| (\S+) \| (\S+) \|$", PAGE, re.MULTILINE)
    return [(name, result, int(percent), counts, adds) for name, result, percent, counts, adds in rows]


def test_each_row_counts_and_adds_what_the_page_says() -> None:
    assert len(example()) == 3
    for _name, result, percent, counts, adds in example():
        assert {"0": 0, "1/2": 1, "1": 2}[counts] == HALVES[result]
        assert float(adds) == Part(percent, result).half_points / 2


def test_the_sum_and_what_is_missing_are_as_the_page_says() -> None:
    threshold = int(re.search(r"threshold is (\d+) per cent", PAGE)[1])  # type: ignore[index]
    found = standing([Part(percent, result) for _name, result, percent, *_rest in example()], threshold)
    said = f"The exact sum is {found.half_points / 2}, the share is **{found.remote}**: not eligible, "
    assert said + f"{threshold - (found.remote or 0)} points are missing" in PAGE.replace("\n", " ")
    assert not found.eligible


def test_assessed_again_it_is_what_the_page_says() -> None:
    parts = [Part(percent, "remote" if name == "certificates" else result) for name, result, percent, *_ in example()]
    found = standing(parts, 50)
    assert f"it is **{found.remote}**: eligible" in PAGE.replace("\n", " ")
    assert found.eligible
