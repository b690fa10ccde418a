"""The agile work plan as files: a document to print and adopt, and a workbook."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from contempo.agile.queries.monitoring.plans import COLUMNS, PlanPage, SectionPart, listed
from contempo.web.lists import Column, Sheet
from contempo.web.templatetags.web import at_time, on_day

TEMPLATE = Path(apps.get_app_config("agile").path) / "templates" / "agile" / "monitoring" / "plan.typ"

TEXT_COLUMNS = (Column("title", _("Section")), Column("text", _("Text")))


def sheets(page: PlanPage) -> list[Sheet]:
    """The workbook: the actions, and the words of the sections."""
    return [
        Sheet(gettext("Actions"), COLUMNS, [listed(row) for row in page.actions]),
        Sheet(gettext("Sections"), TEXT_COLUMNS, page.sections),
    ]


def document(page: PlanPage, *, author: str, made_at: datetime) -> dict[str, Any]:
    """What the template of the PDF says, in the language of the reader."""
    adopted = gettext("Draft, not adopted yet")
    if page.adopted_on is not None:
        adopted = gettext("Adopted on %(day)s: %(act)s") % {"day": on_day(page.adopted_on), "act": page.act}
    return {
        "title": page.title,
        "author": author,
        "language": (get_language() or "it")[:2],
        "lead": f"{author}, {page.years}",
        "adopted": adopted,
        "head": [
            gettext("Action"),
            gettext("Responsible"),
            gettext("To be done by"),
            gettext("State"),
            gettext("Indicator"),
            gettext("At the start"),
            gettext("Target"),
            gettext("Today"),
        ],
        "none": gettext("No action in this section."),
        "sections": [_section(each) for each in page.sections],
        "footer": gettext("Agile work plan, printed on %(when)s") % {"when": at_time(made_at)},
    }


def _section(section: SectionPart) -> dict[str, Any]:
    return {
        "title": f"{section.number}. {section.title}",
        "paragraphs": [part.strip() for part in section.text.split("\n\n") if part.strip()],
        "rows": [
            [
                row.title,
                row.responsible or "–",
                on_day(row.due_on) if row.due_on else "–",
                ", ".join(filter(None, [gettext(row.state.label), row.late_text])),
                row.indicator or "–",
                row.baseline or "–",
                row.target or "–",
                row.value or "–",
            ]
            for row in section.actions
        ],
    }
