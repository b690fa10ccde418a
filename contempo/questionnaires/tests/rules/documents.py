"""Random questionnaires without problems, for the tests of rules."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from contempo.questionnaires.rules.checks.conditions import OPS
from contempo.questionnaires.rules.document import CHOOSING, Document, Kind, Op, read

TEXTS = st.text(st.sampled_from("abcdeèàù ’,?“”0123"), min_size=1, max_size=24).map(str.strip).filter(bool)


@st.composite
def words(draw: Any, english: bool) -> dict[str, str]:
    told = {"it": draw(TEXTS)}
    if english and draw(st.booleans()):
        told["en"] = draw(TEXTS)
    return told


@st.composite
def options(draw: Any, kind: Kind, english: bool) -> list[dict[str, Any]]:
    keys = draw(st.lists(st.sampled_from(["a", "b", "si", "no", "1", "2", "c_3", "altro"]), min_size=2, unique=True))
    labels = draw(st.lists(TEXTS, min_size=len(keys), max_size=len(keys), unique=True))
    made: list[dict[str, Any]] = [
        {"key": key, "label": {"it": label, **({"en": label} if english else {})}}
        for key, label in zip(keys, labels, strict=True)
    ]
    if kind in (Kind.SINGLE, Kind.MULTIPLE) and draw(st.booleans()):
        made[-1]["other"] = True
    if kind == Kind.MULTIPLE and draw(st.booleans()):
        made[0]["exclusive"] = True
    if kind in (Kind.LIKERT, Kind.MATRIX) and draw(st.booleans()):
        for score, one in enumerate(made[1:]):
            one["score"] = score - 1
    if kind in (Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING) and draw(st.booleans()):
        made[0]["tag"] = draw(st.sampled_from(["childcare", "hours"]))
    return made


@st.composite
def tests_of(draw: Any, earlier: list[dict[str, Any]]) -> dict[str, Any] | None:
    """A condition on questions that stand before, None half of the times."""
    able = [one for one in earlier if OPS[Kind(one["kind"])]]
    if not able or draw(st.booleans()):
        return None
    made = []
    for _ in range(draw(st.integers(1, 2))):
        one = draw(st.sampled_from(able))
        op = draw(st.sampled_from(sorted(OPS[Kind(one["kind"])])))
        made.append({"question": one["key"], "op": op, "value": draw(value_for(one, op))})
    return {"tests": made, "any": draw(st.booleans()) and len(made) > 1}


@st.composite
def value_for(draw: Any, question: dict[str, Any], op: Op) -> str:
    if op in (Op.ANSWERED, Op.NOT_ANSWERED):
        return ""
    match question["kind"]:
        case Kind.SCALE:
            return str(draw(st.integers(question.get("least") or 0, question.get("most") or 10)))
        case Kind.NUMBER:
            return str(draw(st.integers(-5, 500)))
        case Kind.DATE:
            return draw(st.dates(min_value=date(1950, 1, 1))).isoformat()
        case Kind.MUNICIPALITY:
            return "015146"
        case _:
            return draw(st.sampled_from([one["key"] for one in question["options"]]))


@st.composite
def questions(draw: Any, key: str, earlier: list[dict[str, Any]], english: bool) -> dict[str, Any]:
    kind = draw(st.sampled_from(list(Kind)))
    made: dict[str, Any] = {"key": key, "kind": kind, "label": draw(words(english))}
    if draw(st.booleans()):
        made["help"] = draw(words(english))
    if kind != Kind.NOTE:
        made["required"] = draw(st.booleans())
        made["personal"] = draw(st.booleans())
    if condition := draw(tests_of(earlier)):
        made["when"] = condition
    if kind in CHOOSING:
        made["options"] = draw(options(kind, english))
    count = len(made.get("options", ()))
    if kind == Kind.MATRIX:
        keys = draw(st.lists(st.sampled_from(["r1", "r2", "r3"]), min_size=1, unique=True))
        made["rows"] = [{"key": key, "label": {"it": f"Riga {key}"}} for key in keys]
    bounds = {
        Kind.NUMBER: st.integers(-100, 1000),
        Kind.TEXT: st.integers(1, 300),
        Kind.MULTIPLE: st.integers(1, max(count, 1)),
        Kind.RANKING: st.integers(1, max(count, 1)),
        Kind.FILE: st.integers(1, 5),
    }
    if kind in bounds:
        low, high = sorted((draw(bounds[kind]), draw(bounds[kind])))
        if draw(st.booleans()):
            made["least"] = low
        if draw(st.booleans()):
            made["most"] = high
    if kind == Kind.SCALE and draw(st.booleans()):
        made |= {"least": draw(st.integers(0, 4)), "most": draw(st.integers(5, 10))}
    if kind == Kind.SCALE and draw(st.booleans()):
        made |= {"low": draw(words(english)), "high": draw(words(english))}
    if kind == Kind.NUMBER:
        made |= {"unit": draw(st.sampled_from(["", "ore", "€"])), "decimals": draw(st.integers(0, 3))}
    if kind == Kind.TEXT:
        made |= {"pattern": draw(st.sampled_from(["", "[0-9]{5}", "a'b|c"])), "long": draw(st.booleans())}
    return made


@st.composite
def documents(draw: Any) -> Document:
    english = draw(st.booleans())
    earlier: list[dict[str, Any]] = []
    count = 0
    pages = []
    for number in range(draw(st.integers(1, 3))):
        page: dict[str, Any] = {"key": f"p{number}", "title": draw(words(english)), "items": []}
        if draw(st.booleans()):
            page["intro"] = draw(words(english))
        if condition := draw(tests_of(earlier)):
            page["when"] = condition
        for _ in range(draw(st.integers(1, 3))):
            if draw(st.integers(0, 3)):
                item = draw(questions(f"q{count}", earlier, english))
                earlier.append(item)
                count += 1
            else:
                item = {"key": f"g{count}", "label": draw(words(english)), "questions": []}
                if condition := draw(tests_of(earlier)):
                    item["when"] = condition
                if draw(st.booleans()):
                    item |= {"repeat": draw(st.integers(2, 9)), "each": draw(words(english))}
                inside = list(earlier)
                for _ in range(draw(st.integers(1, 3))):
                    question = draw(questions(f"q{count}", inside, english))
                    inside.append(question)
                    item["questions"].append(question)
                    count += 1
                if all(one["kind"] == Kind.NOTE for one in item["questions"]):
                    item["questions"].append({"key": f"q{count}", "kind": "text", "label": {"it": "Altro?"}})
                    count += 1
                if not item.get("repeat"):
                    earlier = inside
            page["items"].append(item)
        pages.append(page)
    pages[-1]["items"].append({"key": "ultima", "kind": "text", "label": {"it": "Ultima domanda"}})
    return read({"pages": pages, "languages": ["it", "en"] if english else ["it"]})
