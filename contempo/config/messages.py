"""Translation catalogues: one per context and language, taken from the sources without GNU gettext on the machine.

A *catalogue* is `contempo/<context>/locale/<language>/LC_MESSAGES/django.po`, kept in the repository; the compiled
`.mo` beside it is not. An update keeps what is translated, guesses nothing and forgets what the sources no longer say.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parents[1]
SOURCE_LANGUAGE = "en"
LANGUAGES = ("it", SOURCE_LANGUAGE)
SOURCES = ("**/*.py", "templates/**/*.html", "templates/**/*.txt")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
# Dynamic attributes of components, `:label="_('Members')"`, which Django's own template reader does not look into.
_ATTRIBUTE = re.compile(r"""\s:[\w-]+="([^"]*_\('[^"]*)\"""")
_CALL = re.compile(r"""\b_\(('(?:[^'\\]|\\.)*')\)""")
_PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[sdif]|\{(\w*)\}")

Key = tuple[str | None, str]


def contexts() -> tuple[str, ...]:
    """Names of the contexts of the platform, in alphabetical order."""
    return tuple(sorted(folder.name for folder in PACKAGE.iterdir() if (folder / "__init__.py").is_file()))


def catalogue_path(context: str, language: str) -> Path:
    """Where the catalogue of `context` in `language` is kept."""
    return PACKAGE / context / "locale" / language / "LC_MESSAGES" / "django.po"


def collect(context: str) -> Catalog:
    """The messages the sources of `context` say, untranslated. Raises SyntaxError on a template that cannot be read."""
    found = Catalog()
    folder = PACKAGE / context
    for path in sorted(path for pattern in SOURCES for path in folder.glob(pattern)):
        inside = path.relative_to(folder)
        if inside.parts[0] in {"tests", "migrations"}:
            continue
        for message, comments, message_context in _messages_in(path):
            location = (f"contempo/{context}/{inside.as_posix()}", 0)
            found.add(message, locations=[location], auto_comments=comments, context=message_context)
    return found


def update(only: Sequence[str] = ()) -> list[Path]:
    """Bring the catalogues of the contexts `only` (all when empty) up to date; returns the files that changed."""
    changed = []
    for context in only or contexts():
        found = collect(context)
        for language in LANGUAGES:
            path = catalogue_path(context, language)
            if len(found) == 0:
                path.unlink(missing_ok=True)
                continue
            text = _render(_translated(found, _read(path, language), language))
            if not path.is_file() or path.read_bytes() != text:
                _write(path, text)
                changed.append(path)
    return changed


def compile_all() -> list[Path]:
    """Compile every catalogue newer than its `.mo`; returns the files written."""
    written = []
    for path in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime_ns >= path.stat().st_mtime_ns:
            continue
        compiled = BytesIO()
        write_mo(compiled, _read(path, path.parts[-3]))
        _write(target, compiled.getvalue())
        written.append(target)
    return written


def problems(only: Sequence[str] = ()) -> list[str]:
    """What is wrong with the catalogues of the contexts `only` (all when empty), one line each.

    Missing, untranslated, fuzzy and obsolete messages, placeholders that differ, and words that another context
    translates otherwise: Django would silently use one translation for both.
    """
    found = [line for language in LANGUAGES for line in _problems_in(language)]
    return [line for line in found if not only or line.partition(" ")[0] in only]


def _problems_in(language: str) -> Iterator[str]:
    first_said: dict[Key, tuple[str, object]] = {}
    for context in contexts():
        found = collect(context)
        kept = _read(catalogue_path(context, language), language)
        name = f"{context} ({language})"
        yield from (f"{name}: missing {message.id!r}" for message in found if message.id and not _same(kept, message))
        yield from (f"{name}: obsolete {message.id!r}" for message in kept if message.id and not _same(found, message))
        yield from (f"{name}: obsolete {message.id!r}" for message in kept.obsolete.values())
        for message in kept:
            if not message.id:
                continue
            if message.fuzzy:
                yield f"{name}: fuzzy {message.id!r}"
            if not all(_strings(message)):
                yield f"{name}: untranslated {message.id!r}"
            elif not _placeholders_agree(message):
                yield f"{name}: placeholders differ in {message.id!r}"
            where, said = first_said.setdefault(_key(message), (context, message.string))
            if said != message.string:
                yield f"{name}: {message.id!r} is translated otherwise in {where}"


def _messages_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        calls = [call for value in _ATTRIBUTE.findall(source) for call in _CALL.findall(value)]
        # In brackets, so that the indentation of the page means nothing to the reader of Python.
        source = "(" + templatize(source, origin=str(path)) + "\n" + " ".join(f"_({call})" for call in calls) + "\n)"
    stream = BytesIO(source.encode())
    for _line, message, comments, message_context in extract("python", stream, KEYWORDS, ["Translators"]):
        yield message, comments, message_context


def _translated(found: Catalog, kept: Catalog, language: str) -> Catalog:
    """`found` with what `kept` already says for exactly the same message."""
    result = Catalog(locale=language)
    for message in found:
        if not message.id:
            continue
        known = _same(kept, message)
        if language == SOURCE_LANGUAGE:
            string: str | tuple[str, ...] | list[str] | None = message.id
        elif known and not known.fuzzy:
            string = known.string
        else:
            string = ("", "") if isinstance(message.id, tuple) else ""
        result.add(
            message.id,
            string,
            locations=message.locations,
            flags=message.flags,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if known else (),
            context=message.context,
        )
    return result


def _same(catalogue: Catalog, message: Message) -> Message | None:
    """The entry of `catalogue` with the very same words: singular, plural and context."""
    known = catalogue.get(message.id, message.context)
    return known if known is not None and known.id == message.id else None


def _key(message: Message) -> Key:
    return message.context, message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (message.string or "",)


def _placeholders(texts: Iterable[str]) -> set[str]:
    return {match[0] for text in texts for match in _PLACEHOLDER.finditer(text.replace("%%", ""))}


def _placeholders_agree(message: Message) -> bool:
    """Whether each translated form carries the placeholders of its source; the singular may say its number in words."""
    if isinstance(message.id, str):
        return _placeholders([message.id]) == _placeholders(_strings(message))
    singular, plural = (_placeholders([text]) for text in message.id)
    first, *others = (_placeholders([text]) for text in _strings(message))
    complete = len((singular & plural) - first) <= 1 and first <= singular | plural
    return complete and all(other == plural for other in others)


def _read(path: Path, language: str) -> Catalog:
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, abort_invalid=True)


def _render(catalogue: Catalog) -> bytes:
    body = BytesIO()
    write_po(body, catalogue, width=110, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(language=str(catalogue.locale)).encode() + body.getvalue().rstrip() + b"\n"


def _write(path: Path, content: bytes) -> None:
    """Replace a file at once, so that a process reading it meanwhile sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}")
    temporary.write_bytes(content)
    temporary.replace(path)
