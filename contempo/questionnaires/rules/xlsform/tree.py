"""The rows of a survey as what they are: questions, groups, groups that repeat, one inside the other. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from contempo.core.words import N_
from contempo.questionnaires.rules.xlsform.sheets import Finding, Level, Row

METADATA = frozenset({
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
    "start-geopoint", "background-audio", "imei", "note_metadata",
})  # fmt: skip
"""What the device writes by itself: nobody answers it."""

_BLOCKS = {"group": "group", "repeat": "repeat", "score": "score", "rank": "rank", "kobomatrix": "kobomatrix",
           "matrix": "kobomatrix", "looped group": "repeat", "lgroup": "repeat", "loop": "loop"}  # fmt: skip
_BEGIN = re.compile(r"(begin|end)[ _](.+)", re.IGNORECASE)
_SELECT = re.compile(
    r"(?P<word>select[ _]one|select[ _]multiple|select1|select all that apply|add select one prompt using|"
    r"add select multiple prompt using|rank|select_one_from_file|select_multiple_from_file|select_one_external)"
    r"(?:[ ]+from)?[ ]+(?P<list>.+?)(?P<other>[ ]+or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
_ALIASES = {
    "string": "text", "int": "integer", "photo": "image", "picture": "image", "add integer prompt": "integer",
    "add text prompt": "text", "add note prompt": "note", "add date prompt": "date", "add decimal prompt": "decimal",
    "trigger": "acknowledge", "datetime": "dateTime", "date time": "dateTime", "gps": "geopoint",
    "location": "geopoint", "phone number": "phonenumber", "get phone number": "phonenumber",
    "calculation": "calculate",
}  # fmt: skip


@dataclass
class Node:
    """A row that asks or holds something: `type` in its usual spelling, the list of its answers, what it holds."""

    row: Row
    type: str
    list_name: str = ""
    or_other: bool = False
    children: list["Node"] = field(default_factory=list)
    name: str = ""

    @property
    def holds(self) -> bool:
        return self.type in ("group", "repeat", "score", "rank", "kobomatrix", "loop")

    def everything(self) -> Iterator["Node"]:
        """The node and all inside it."""
        yield self
        for child in self.children:
            yield from child.everything()


def tree_of(rows: Sequence[Row]) -> tuple[list[Node], list[Finding]]:
    """The nodes of a survey; ends without a beginning and beginnings without an end are findings that block."""
    top: list[Node] = []
    open_nodes: list[Node] = []
    findings: list[Finding] = []
    for row in rows:
        written = " ".join(row.get("type").split())
        if not written:
            if row.get("name") or any(column.partition("::")[0] == "label" for column in row.cells):
                findings.append(_blocked(N_("This row has no type."), row))
            continue
        if row.get("disabled").lower() in ("yes", "true", "true()"):
            findings.append(Finding(Level.NOTE, N_("This row is switched off: it is not read."), {}, row=row.number))
            continue
        block = _BEGIN.fullmatch(written)
        name = block[2].lower().strip() if block else ""
        # A loop begins as “begin loop over <list>”.
        name = "loop" if name.startswith("loop ") else name
        kind = _BLOCKS.get(name, _BLOCKS.get(name.replace("_", " "), ""))
        if block and kind and block[1].lower() == "end":
            if not open_nodes or open_nodes[-1].type != kind:
                findings.append(_blocked(N_("“%(type)s” closes nothing that was begun."), row, type=written))
            else:
                open_nodes.pop()
            continue
        node = _begun(row, kind) if block and kind else _asked(row, written)
        (open_nodes[-1].children if open_nodes else top).append(node)
        if node.holds:
            open_nodes.append(node)
    findings += [_blocked(N_("This group is begun and never ended."), node.row) for node in open_nodes]
    return top, findings


def _begun(row: Row, kind: str) -> Node:
    lists = {"score": "kobo--score-choices", "rank": "kobo--rank-items"}
    return Node(row, kind, list_name=row.get(lists[kind]) if kind in lists else "", name=row.get("name"))


def _asked(row: Row, written: str) -> Node:
    select = _SELECT.fullmatch(written)
    if not select:
        lowered = written.lower()
        return Node(row, _ALIASES.get(lowered, lowered), name=row.get("name"))
    word = select["word"].lower().replace(" ", "_")
    if word.endswith(("_from_file", "_external")):
        type_ = word
    elif word == "rank":
        type_ = "rank_question"
    else:
        type_ = "select_multiple" if "multiple" in word or "all" in word else "select_one"
    return Node(row, type_, select["list"].strip(), bool(select["other"]), name=row.get("name"))


def _blocked(text: str, row: Row, **params: object) -> Finding:
    return Finding(Level.BLOCKED, text, params, row=row.number, column="type")
