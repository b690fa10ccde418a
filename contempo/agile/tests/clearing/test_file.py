"""The file of a clearing: always the same bytes, read back whole, and never trusted."""

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings

from contempo.agile.rules.clearing import checking, clear, gathered, hashes, seed_hash
from contempo.agile.rules.clearing.checking import redone
from contempo.agile.rules.clearing.file import Bank, WrongFile, input_hash, read, written
from contempo.agile.rules.clearing.hashes import code_hash, result_hash
from contempo.agile.tests.clearing.worlds import SEED, Person, World, claims_of, worlds

BANK = Bank(
    employer="Comune di Esempio",
    month="2027-03",
    number=1,
    classes=("Salute", "Cura", "Altro"),
    pools={"d1": 3, "d2": 0, "d3": 2},
    shared=1,
    seed_hash=seed_hash(SEED),
    seed=SEED.hex(),
)
PERSONS = (Person(2**63, directorate=2, asked=3), Person(5, klass=2, enjoyed=4), Person(77, klass=3, asked=2, cap=1))


def file_of(persons: tuple[Person, ...] = PERSONS, bank: Bank = BANK) -> bytes:
    claims = gathered(claims_of(persons))
    result = clear(claims, bank.supply, SEED)
    return written(replace(bank, code_hash=code_hash(), result_hash=result_hash(result)), claims)


def problem(content: bytes) -> str:
    with pytest.raises(WrongFile) as caught:
        read(io.BytesIO(content))
    return str(caught.value)


def with_header(change: Callable[[dict[str, object]], object]) -> bytes:
    first, rest = file_of().split(b"\n", 1)
    header = json.loads(first)
    change(header)
    return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" + rest


@settings(max_examples=100, deadline=None)
@given(worlds(12, held=True))
def test_a_file_is_read_back_and_gives_the_same_result(world: World) -> None:
    pools = dict(zip(("d1", "d2", "d3"), world.supply.own, strict=True))
    bank = replace(BANK, pools=pools, shared=world.supply.shared)
    found, claims = read(io.BytesIO(file_of(world.persons, bank)))
    assert found.supply == world.supply
    assert redone(found, claims).problems == ()
    assert redone(found, claims).same_code
    assert result_hash(redone(found, claims).result) == result_hash(world.cleared())
    assert written(found, claims) == file_of(world.persons[::-1], bank)


def test_the_shape_is_the_one_that_is_published() -> None:
    lines = file_of().decode().splitlines()
    assert lines[1:] == [
        '["0000000000000005",2,"d1",4,1,31,0]',
        '["000000000000004d",3,"d1",0,2,1,0]',
        '["8000000000000000",1,"d3",0,3,31,0]',
    ]
    header = json.loads(lines[0])
    assert list(header) == [
        *("format", "employer", "month", "number", "classes", "pools", "shared", "seed_hash", "rows", "columns"),
        *("input_hash", "code_hash", "seed", "result_hash"),
    ]


def test_the_input_has_its_hash_before_the_seed_is_known() -> None:
    secret, claims = replace(BANK, seed=""), gathered(claims_of(PERSONS))
    assert input_hash(secret, claims) == input_hash(BANK, claims) == json.loads(file_of().split(b"\n")[0])["input_hash"]


def test_line_ends_of_another_system_change_nothing() -> None:
    assert read(io.BytesIO(file_of().replace(b"\n", b"\r\n")))[0] == read(io.BytesIO(file_of()))[0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (b'"0000000000000005",2', b'"0000000000000005",4', "line 2: “class” is 4: it must lie between 1 and 3."),
        (b'"d1",4,1,31', b'"d1",400,1,31', "line 2: “enjoyed” is 400: it must lie between 0 and 366."),
        (b'"d1",4,1,31', b'"d1",4,32,31', "line 2: “asked” is 32: it must lie between 0 and 31."),
        (b'"d1",4,1,31', b'"d1",4,1,30', "line 1: The hash of the input is not that of what follows"),
        (b'"d1",4,1,31', b'"d9",4,1,31', "line 2: The directorate “d9” has no pool."),
        (b'"d1",4,1,31', b'"d1",4,-1,31', "line 2: This is not the row of a person"),
        (b'"d1",4,1,31', b'"d1",4, 1,31', "line 2: This is not the row of a person"),
        (b'"d1",4,1,31', b'"d1",4,1.0,31', "line 2: This is not the row of a person"),
        (b'"d1",4,1,31', b'"d1",4,01,31', "line 2: This is not the row of a person"),
        (b'["000000000000004d"', b'["0000000000000005"', "line 3: This person is there twice."),
        (b'["000000000000004d"', b'["0000000000000001"', "line 3: Persons are not in the order"),
        (b'["8000000000000000",1,"d3",0,3,31,0]\n', b"", "line 3: 3 persons are announced, 2 are there."),
        (b'31,0]\n["000', b'31,0]\n\n["000', "line 3: This is not the row of a person"),
        (b'"rows":3', b'"rows":2', "line 4: There are more persons than the 2 announced."),
        (b'"d1":3', b'"d1":4', "line 1: The hash of the input is not that of what follows"),
        (b"Comune", b"Provincia", "line 1: The hash of the input is not that of what follows"),
        (b'"d1":3', b'"d1":3,"d1":3', "line 1: This is not the file of a bank of days."),
        (b"contempo-bank/1", b"contempo-bank/2", "line 1: This is not the file of a bank of days."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(old: bytes, new: bytes, said: str) -> None:
    assert file_of().count(old) == 1
    assert problem(file_of().replace(old, new)).startswith(said)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("employer", ""),
        ("employer", "a\nb"),
        ("month", "2027-13"),
        ("number", 0),
        ("number", True),
        ("classes", []),
        ("classes", ["a"] * 33),
        ("pools", {"d1": -1}),
        ("pools", {"=D1": 1}),
        ("pools", [3]),
        ("shared", 1.5),
        ("shared", None),
        ("rows", 10**9),
        ("columns", ["person"]),
        ("seed_hash", "00"),
        ("seed", "zz"),
        ("result_hash", 5),
    ],
)
def test_what_the_first_line_must_not_say_is_refused(name: str, value: object) -> None:
    said = problem(with_header(lambda header: header.update({name: value})))
    assert said == f"line 1: “{name}” is missing, or is not what it must be."


def test_a_name_that_is_missing_or_unknown_is_told() -> None:
    assert "“seed_hash” is missing" in problem(with_header(lambda header: header.pop("seed_hash")))
    assert "“colour” is unknown" in problem(with_header(lambda header: header.update(colour="red")))


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"[]", b"{", b"\xff\xfe", b"person,class\n", b"[" * 100_000, b'{"a":' * 300_000]
)
def test_what_is_no_such_file_is_refused(content: bytes) -> None:
    assert problem(content) == "line 1: This is not the file of a bank of days."


def test_a_seed_that_was_not_committed_is_told() -> None:
    bank, claims = read(io.BytesIO(file_of()))
    other = redone(replace(bank, seed="11" * 32), claims)
    assert other.problems[0].text.startswith("The seed is not the one")


def test_a_result_that_was_not_the_one_published_is_told() -> None:
    bank, claims = read(io.BytesIO(file_of()))
    assert "another" in redone(replace(bank, result_hash="0" * 64), claims).problems[0].text
    assert "nothing to compare" in redone(replace(bank, result_hash=""), claims).problems[0].text


def test_before_the_seed_is_revealed_nothing_is_made_again() -> None:
    bank, claims = read(io.BytesIO(file_of()))
    hidden = redone(replace(bank, seed=""), claims)
    assert hidden.result is None
    assert "not been revealed" in hidden.problems[0].text


def test_more_days_held_than_there_are_is_told() -> None:
    bank, claims = read(io.BytesIO(file_of()))
    found = redone(replace(bank, pools={"d1": 0, "d2": 0, "d3": 0}, shared=0), replace(claims, held=claims.asked))
    assert found.result is None
    assert found.problems[-1].text == "More days are held than the pools have."


def test_other_code_is_told_and_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    bank, claims = read(io.BytesIO(file_of()))
    monkeypatch.setattr(checking, "code_hash", lambda: "0" * 64)
    assert not redone(bank, claims).same_code
    assert redone(bank, claims).problems == ()


def test_every_figure_of_a_result_is_in_its_hash() -> None:
    claims = claims_of((Person(1, asked=3), Person(2, asked=3)))
    result = clear(claims, BANK.supply, SEED)
    others = [
        replace(result, **{name: getattr(result, name) + 1}) for name in ("days", "own", "shared", "why", "position")
    ]
    assert len({result_hash(each) for each in (result, *others)}) == 6


def test_the_hash_of_the_code_covers_every_module_of_the_package(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = code_hash()
    assert len(before) == 64
    for source in (hashes.Path(hashes.__file__).parent).glob("*.py"):
        (tmp_path / source.name).write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.setattr(hashes, "__file__", str(tmp_path / "hashes.py"))
    assert code_hash() == before
    for name in ("rule.py", "draws.py", "counts.py"):
        kept = (tmp_path / name).read_text()
        (tmp_path / name).write_text(kept + "\n")
        assert code_hash() != before
        (tmp_path / name).write_text(kept)
