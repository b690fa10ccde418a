"""The example of docs/algorithms/seals.md is what the rules make of it."""

import hashlib
import json
import re
from pathlib import Path

from contempo.programmes.rules import seals

DOC = (Path(__file__).parents[4] / "docs" / "algorithms" / "seals.md").read_text(encoding="utf-8")
EXAMPLE = DOC.split("## An example")[1].split("\n## ")[0]
WRITTEN = re.findall(r"^    (\{.*\})$", EXAMPLE, re.MULTILINE)
SUMS = re.findall(r"`([0-9a-f]{64})`", EXAMPLE)


def test_the_example_can_be_recomputed_with_json_and_sha_256_alone():
    *records, value, period = WRITTEN
    lines = "".join(f"{record}\n" for record in records).encode()
    computed = [hashlib.sha256(each).hexdigest() for each in (lines, value.encode(), period.encode())]
    assert computed == SUMS
    assert json.loads(value)["records"]["sha256"] == SUMS[0]
    assert json.loads(period)["measurements"] == [SUMS[1]]


def test_the_example_is_written_as_the_rules_write_and_verifies():
    *records, value, period = (json.loads(each) for each in WRITTEN)
    assert [seals.canonical(json.loads(each)).decode() for each in WRITTEN] == WRITTEN
    measurement = {"sealed": value, "seal": SUMS[1], "records": records}
    assert seals.verify({"period": period, "seal": SUMS[2], "measurements": [measurement], "corrections": []}) == ()
