"""A small questionnaire with every kind of question, for the tests of rules."""

from typing import Any

from contempo.questionnaires.rules.document import Document, read


def words(it: str, en: str = "") -> dict[str, str]:
    return {"it": it, "en": en} if en else {"it": it}


def options(*keys: str, **marks: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "label": words(key.title()), **marks.get(key, {})} for key in keys]


def question(key: str, kind: str, **parts: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "label": words(f"Domanda {key}"), **parts}


def page(key: str, *items: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"key": key, "title": words(f"Pagina {key}"), "items": list(items), **parts}


def group(key: str, *questions: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {"key": key, "label": words(f"Gruppo {key}"), "questions": list(questions), **parts}


def document(*pages: dict[str, Any], **parts: Any) -> Document:
    return read({"pages": list(pages), **parts})


def when(*tests: tuple[str, str] | tuple[str, str, str], any: bool = False) -> dict[str, Any]:
    told = [dict(zip(("question", "op", "value"), test, strict=False)) for test in tests]
    return {"tests": told, "any": any}


def every_kind() -> Document:
    """Two pages, every kind, a group that repeats, conditions of every sort."""
    return document(
        page(
            "chi",
            question("intro", "note"),
            question("lavoro", "single", options=options("si", "no", "altro", altro={"other": True}), required=True),
            question(
                "misure",
                "multiple",
                options=options("orario", "agile", "nido", "nessuna", nessuna={"exclusive": True}),
                when=when(("lavoro", "is", "si")),
                most=2,
            ),
            question("quanti", "number", least=0, most=5000, unit="unità", when=when(("misure", "includes", "agile"))),
            question("ore", "number", decimals=2, unit="ore"),
            question("voto", "scale", low=words("Per niente"), high=words("Del tutto")),
        ),
        page(
            "come",
            question("accordo", "likert", options=options("poco", "molto", poco={"score": 1}, molto={"score": 2})),
            question("tabella", "matrix", options=options("mai", "spesso"), required=True,
                     rows=[{"key": "casa", "label": words("A casa")}, {"key": "sede", "label": words("In sede")}]),
            question("perche", "text", when=when(("voto", "at_most", "5")), long=True),
            question("cap", "text", pattern="[0-9]{5}"),
            question("dal", "date"),
            question("ordine", "ranking", options=options("tempo", "denaro", "spazio")),
            question("carte", "file", most=2),
            question("comune", "municipality"),
            question("ente", "organisation"),
            group(
                "figli",
                question("eta", "number", least=0, most=30, unit="anni", required=True),
                question("scuola", "single", options=options("nido", "altra"), when=when(("eta", "at_most", "6"))),
                repeat=3,
                each=words("Figlio o figlia"),
                when=when(("lavoro", "is_not", "no"), ("voto", "answered"), any=True),
            ),
        ),
    )  # fmt: skip
