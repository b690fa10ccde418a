"""Questions from the rows of a workbook: names become keys, types kinds, expressions conditions and limits. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from contempo.questionnaires.rules.document import Condition, Kind, Question, Words
from contempo.questionnaires.rules.xlsform import unheld
from contempo.questionnaires.rules.xlsform.conditions import LOOSE, Named, both, condition_from
from contempo.questionnaires.rules.xlsform.expressions import Unheld, parse, references
from contempo.questionnaires.rules.xlsform.kinds import Made, made_of, matrix_of
from contempo.questionnaires.rules.xlsform.languages import Languages
from contempo.questionnaires.rules.xlsform.names import Keys
from contempo.questionnaires.rules.xlsform.options import OTHER_KEYS, Choices
from contempo.questionnaires.rules.xlsform.sheets import OURS, Finding, Level
from contempo.questionnaires.rules.xlsform.tree import METADATA, Node

_YES, _NO = ("yes", "true", "true()", "1", "required"), ("", "no", "false", "false()", "0")
_BESIDE = re.compile(r"""(?:selected\(\s*\$\{(?P<a>[^}]+)\}\s*,\s*['"](?P<x>[^'"]+)['"]\s*\)|"""
                     r"""\$\{(?P<b>[^}]+)\}\s*=\s*['"](?P<y>[^'"]+)['"])""")  # fmt: skip
_ENDINGS = ("_other", "_altro", "_altra", "_oth", "_specify", "_specifica", "_specificare")
_PIPED = re.compile(r"\$\{\s*([^{}]+?)\s*\}")


_COLUMNS = {unheld.CONDITION: "relevant", unheld.CASCADE: "choice_filter", unheld.READ_ONLY: "read_only"}


class Depends(Unheld):
    """A row speaks of one that is not kept."""


class Asker:
    """What was read so far: names and their keys, the questions kept and the rows left out. In a workbook written here
    (`ours`) nothing has to be guessed.
    """

    def __init__(
        self, nodes: Sequence[Node], lists: Mapping[str, Choices], languages: Languages, *, ours: bool = False
    ) -> None:
        self.lists, self.languages, self.ours = lists, languages, ours
        self.findings: list[Finding] = []
        self.keys = Keys()
        self.rows: dict[str, int] = {}
        self.named: dict[str, Named] = {}
        self.gone: dict[str, int] = {}
        self._key: dict[int, str] = {}
        self._first: dict[str, str] = {}
        self._all = [one for node in nodes for one in node.everything()]
        self._beside = self._texts_beside()
        # Rows that become a part of another question need no key of their own.
        tables = [one for one in self._all if one.type in ("score", "rank") or self.is_matrix(one)]
        self._inner = {id(text) for _, text in self._beside.values()} | {
            id(row) for one in tables for row in one.children
        }
        for node in self._all:
            self._give_key(node)

    # Names

    def _give_key(self, node: Node) -> None:
        if not node.name or id(node) in self._inner:
            return
        if node.row.get(f"{OURS}kind") == "intro" or node.type in METADATA:
            return
        key = self.keys.of(node.name)
        self._key[id(node)] = key
        self._first.setdefault(node.name, key)
        self.rows[key] = node.row.number

    def key(self, node: Node) -> str:
        """The key of a row; one without a name gets one when nothing needs its name."""
        if id(node) not in self._key:
            self._key[id(node)] = self.keys.of(node.name or node.type)
            self.rows[self._key[id(node)]] = node.row.number
        key = self._key[id(node)]
        if node.name and key != node.name:
            self._note(node, unheld.RENAMED, "name", name=node.name, key=key)
        return key

    def look(self, name: str) -> Named:
        """What a name became (see `conditions.Look`)."""
        if name in self.named:
            return self.named[name]
        if name in self.gone:
            raise Depends(unheld.DEPENDS, name=name, other=self.gone[name])
        if any(node.name == name for node in self._all):
            raise Unheld(unheld.LATER, name=name)
        raise Unheld(unheld.MISSING, name=name)

    # Texts

    def words(self, node: Node, column: str) -> Words:
        """A text of a row in both languages, answers named in it by key."""
        words = self.languages.words(node.row, column)
        for name in references(words.it + words.en):
            if name in self.gone:
                self._blocked(node, unheld.DEPENDS, column, name=name, other=self.gone[name])
        return Words(self._piped(words.it), self._piped(words.en))

    def label(self, node: Node) -> Words:
        """The words of a row: its label, else its hint, else its name."""
        words = self.words(node, "label")
        if words == Words():
            words = self.words(node, "hint")
        if words == Words():
            plain = node.name.replace("_", " ").strip().capitalize() or "…"
            words = Words(plain, plain if "en" in self.languages.languages else "")
        return words if words.it else Words(words.en, words.en)

    def _piped(self, text: str) -> str:
        return _PIPED.sub(lambda found: f"{{{self._first.get(found[1], found[1])}}}", text)

    # Conditions

    def condition(self, node: Node) -> Condition | None:
        """The condition of a row. Raises `Unheld` with the reason."""
        written = node.row.get("relevant")
        if not written or written.lower() in ("true", "yes", "true()"):
            return None
        try:
            read = condition_from(parse(written), self.look)
        except Depends:
            raise
        except Unheld as why:
            for name in references(written):
                if name in self.gone:
                    raise Depends(unheld.DEPENDS, name=name, other=self.gone[name]) from None
            raise Unheld(unheld.CONDITION, why=why.phrase) from None
        if read is None:
            return None
        for name in read.loose:
            self._note(node, LOOSE, "relevant", name=name)
        return read.condition

    # Questions

    def is_matrix(self, node: Node) -> bool:
        """Whether a group is a table: rows that share their answers, shown as one."""
        if node.type != "group" or not node.children:
            return False
        alike = {(one.type, one.list_name, one.or_other) for one in node.children}
        plain = all(not one.row.get("relevant") and not one.row.get("choice_filter") for one in node.children)
        first = node.children[0]
        table = (
            node.row.get(f"{OURS}kind") == "matrix"
            or "table-list" in node.row.get("appearance")
            or any("list-nolabel" in one.row.get("appearance") for one in node.children)
        )
        return table and plain and len(alike) == 1 and first.type == "select_one" and not first.or_other

    def question(self, node: Node, outer: Condition | None) -> Question | None:
        """The question of a row, None when it is not kept (and told). `outer` is the condition of what it stood in."""
        if node.type in METADATA:
            self.gone[node.name] = node.row.number
            self._note(node, unheld.METADATA_LEFT, "type")
            return None
        if any(text is node for _, text in self._beside.values()):
            return None
        try:
            self._refuse(node)
            when = both(outer, self.condition(node))
            made = matrix_of(self, node) if node.holds else made_of(self, node)
        except Unheld as why:
            self.left_out(node, why, "relevant" if isinstance(why, Depends) else _COLUMNS.get(why.text, "type"))
            return None
        return self._keep(node, made, when)

    def _refuse(self, node: Node) -> None:
        row = node.row
        if not node.name and node.type not in ("note",):
            self._blocked(node, unheld.NO_NAME, "name")
        if row.get("choice_filter"):
            raise Unheld(unheld.CASCADE)
        if row.get("read_only").lower() in _YES and node.type != "note":
            raise Unheld(unheld.READ_ONLY)
        if node.type in unheld.WHY:
            raise Unheld(unheld.WHY[node.type])

    def _keep(self, node: Node, made: Made, when: Condition | None) -> Question:
        row, key = node.row, self.key(node)
        label, help_text = self.label(node), self.words(node, "hint")
        if self.words(node, "label") == Words():
            help_text = Words()
        required = self._required(node) if not node.holds else made.required
        question = replace(
            made.question,
            key=key,
            label=label,
            help=help_text,
            when=when,
            required=required and made.question.kind != Kind.NOTE,
            measure=row.get(f"{OURS}measure"),
            personal=row.get(f"{OURS}personal").lower() in _YES,
        )
        for name in made.rows:
            self.named[name] = Named(question, made.choices, row=made.rows[name], rows=tuple(made.rows))
        if not made.rows:
            self.named[node.name] = Named(question, made.choices)
        for column, text in unheld.UNKEPT.items():
            if any(name.partition("::")[0] == column for name in row.cells):
                self._note(node, text, column)
        return question

    def _required(self, node: Node) -> bool:
        written = node.row.get("required").lower()
        if written not in _YES and written not in _NO:
            self._note(node, unheld.REQUIRED, "required")
        return written in _YES

    def beside(self, node: Node) -> str:
        """The name of the answer of a question beside which a text is asked; empty when there is none."""
        found = self._beside.get(node.name)
        return found[0] if found else ""

    def _texts_beside(self) -> dict[str, tuple[str, Node]]:
        """Questions with the answer and the row that asks “which” for it."""
        selects = {node.name: node for node in self._all if node.type in ("select_one", "select_multiple")}
        spoken = [name for node in self._all for name in _spoken(node)]
        found: dict[str, tuple[str, Node]] = {}
        for node in self._all:
            asked = _BESIDE.fullmatch(node.row.get("relevant").strip()) if node.type == "text" else None
            if asked is None:
                continue
            name, choice = asked["a"] or asked["b"], asked["x"] or asked["y"]
            name = name.strip()
            ours = node.row.get(f"{OURS}kind") == "other"
            named = node.name.startswith(name) and node.name.lower().endswith(_ENDINGS)
            usual = named or choice.lower() in OTHER_KEYS
            free = not self.ours and not node.row.get("constraint") and node.name not in spoken
            if name in selects and name not in found and (ours or (usual and free)):
                found[name] = (choice, node)
                if not ours:
                    self._note(node, unheld.BESIDE, "name", name=node.name, option=choice)
        return found

    # Findings

    def left_out(self, node: Node, why: Unheld, column: str) -> None:
        """Tell that a row, and all inside it, is not kept; what depends on one that is not kept cannot be imported."""
        if isinstance(why, Depends):
            self._blocked(node, why.text, column, **why.params)
        else:
            self.findings.append(Finding(Level.LEFT_OUT, why.text, why.params, row=node.row.number, column=column))
        for one in node.everything():
            if one.name:
                self.gone.setdefault(one.name, one.row.number)

    def note(self, node: Node, text: str, column: str, **params: object) -> None:
        """Tell of something small that is not kept."""
        self._note(node, text, column, **params)

    def _note(self, node: Node, text: str, column: str, **params: object) -> None:
        self.findings.append(Finding(Level.NOTE, text, params, row=node.row.number, column=column))

    def _blocked(self, node: Node, text: str, column: str, **params: object) -> None:
        self.findings.append(Finding(Level.BLOCKED, text, params, row=node.row.number, column=column))


def _spoken(node: Node) -> list[str]:
    """The names a row speaks of anywhere."""
    return [name for text in node.row.cells.values() for name in references(text)]
