"""Tags and filters every template may use without loading them."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from django import template
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.template import loader
from django.utils import formats, timezone
from django.utils.html import conditional_escape, format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext

from contempo.web.lists import Column
from contempo.web.maps import Place, Point, data
from contempo.web.markdown import to_html

register = template.Library()


@register.filter
def on_day(value: date | datetime | None) -> str:
    """`12 novembre 2026`, in the time of people in Italy."""
    if value is None:
        return ""
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    return format_date(day, "d MMMM y", locale=get_language() or "it")


@register.filter
def by_day(value: date | datetime | None) -> str:
    """`venerdì 27 novembre 2026`, for what must happen by a day; in Italian it also spares the article before it."""
    if value is None:
        return ""
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    return format_date(day, "EEEE d MMMM y", locale=get_language() or "it")


@register.filter
def by_time(value: datetime | None) -> str:
    """`venerdì 27 novembre 2026 alle 18:00`, for what must happen by an instant."""
    if value is None:
        return ""
    time = f"{timezone.localtime(value):%H:%M}"
    return gettext("%(day)s at %(time)s") % {"day": by_day(value), "time": time}


@register.filter
def at_time(value: datetime | None) -> str:
    """`12 novembre 2026, 14:30`, in the time of people in Italy."""
    if value is None:
        return ""
    return f"{on_day(value)}, {timezone.localtime(value):%H:%M}"


@register.filter
def pair(row: object) -> tuple[object, object]:
    """The (label, value) of a fact given as a pair or as an object with those attributes."""
    if isinstance(row, tuple | list):
        return row[0], row[1]
    return row.label, row.value  # type: ignore[attr-defined]


@register.filter
def language_name(code: str) -> str:
    """The name of a language in that language."""
    return str(get_language_info(code)["name_local"]).capitalize()


@register.simple_tag
def error_links(form: BaseForm) -> list[dict[str, str]]:
    """Every error of `form` in the order of its fields, with the id of the control to lead to."""
    found = [{"text": str(text), "id": ""} for text in form.non_field_errors()]
    for field in form.hidden_fields():
        found += [
            {"text": gettext("%(field)s: %(text)s") % {"field": field.label, "text": text}, "id": ""}
            for text in field.errors
        ]
    for field in form.visible_fields():
        # A group of choices has no control of its own id: lead to the first of them.
        target = f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label or field.auto_id
        found += [{"text": f"{field.label}: {text}", "id": target} for text in field.errors]
    return found


@register.simple_tag(takes_context=True)
def here(context: template.Context) -> str:
    """The address of this page with its query, to come back to."""
    request: HttpRequest | None = context.get("request")
    return request.get_full_path() if request else "/"


@register.filter
def markdown(text: str) -> SafeString:
    """`text` written as Markdown, as safe HTML."""
    return to_html(text)


@register.filter
def is_primary(field: BoundField, names: str) -> bool:
    """Whether the filter `field` is among the space-separated `names` always in sight."""
    return field.name in names.split()


@register.filter
def has_more(fields: list[BoundField], names: str) -> bool:
    """Whether filters remain beside those always in sight (the first, when none is named)."""
    return len(fields) > (len(names.split()) or 1)


@register.simple_tag(takes_context=True)
def cell(context: template.Context, row: object, column: Column) -> str:
    """The cell of `row` under `column`, by the column's template or by the type of its value."""
    value = getattr(row, column.key)
    if column.template:
        return loader.get_template(column.template).render({"row": row, "value": value}, context.get("request"))
    if hasattr(value, "tone") and hasattr(value, "label"):
        return loader.get_template("web/cell_look.html").render({"look": value})
    if isinstance(value, date):
        return format_html('<span class="nowrap">{}</span>', _text(value))
    return conditional_escape(_text(value))


@register.filter
def is_blank(row: object, column: Column) -> bool:
    """Whether `row` has nothing to say under `column`; zero is something."""
    return getattr(row, column.key) in (None, "", (), [])


def _text(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, datetime):
        return at_time(value)
    if isinstance(value, date):
        return on_day(value)
    if isinstance(value, int | float | Decimal):
        return formats.localize(value)
    if isinstance(value, tuple | list):
        return ", ".join(_text(each) for each in value)
    return str(value)


@register.simple_tag
def map_data(points: Iterable[Point], places: Iterable[Place], id: str) -> SafeString:
    """What a map is drawn from, as data a script can read and a browser never runs."""
    return json_script(data(points, places), f"{id}-data")
