"""An agreement as a document, for `templates/agile/agreements/agreement.typ`."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from contempo.agile.queries.agreements.page import AgreementPage
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules.agreements import Term
from contempo.agile.rules.law import LegalRule, rule
from contempo.core.calendar import local_day
from contempo.web.templatetags.web import at_time, on_day

TEMPLATE = Path(apps.get_app_config("agile").path) / "templates" / "agile" / "agreements" / "agreement.typ"
_CITED = (
    "agreement",
    "content",
    "notice",
    "notice.disability",
    "notice.reason",
    "equal_treatment",
    "control",
    "safety",
)


def document(opened: OpenedEmployer, page: AgreementPage, now: datetime) -> dict[str, Any]:
    """What the template of an agreement reads: parties, terms, the law, signatures, digest."""
    organisation = opened.employer.organisation
    laws = [rule(key, local_day(now)) for key in _CITED]
    return {
        "language": get_language() or "it",
        "title": _("Individual agreement on agile work"),
        "subtitle": _("Number %(number)s") % {"number": page.number},
        "lead": _("Between %(organisation)s and %(name)s, under Law 81 of 22 May 2017, articles 18 to 23.")
        % {"organisation": organisation.name, "name": page.name},
        "author": organisation.name,
        "facts": [
            [_("Employer"), organisation.name],
            [_("Worker"), page.name],
            [_("Organisational unit"), page.unit],
            [_("State"), _(page.state.label)],
            *_over(page),
        ],
        "sections": [
            {
                "title": section.title,
                "rows": [[line.label, line.value or _("Not given")] for line in section.lines],
            }
            for section in page.signed_sections
        ],
        "withdrawal": {"title": _("Withdrawal"), "rows": _withdrawal(page, laws)},
        "rights": {"title": _("What the law assures"), "rows": [_(each.says) for each in laws if each.key in _RIGHTS]},
        "signatures": {"title": _("Signatures"), "rows": _signatures(page), "digest": page.text_digest},
        "digest_label": _("SHA-256 of the text signed"),
        "sources": {"title": _("Sources"), "rows": sorted({each.source for each in laws})},
        "footer": _("Made on %(day)s") % {"day": at_time(now)},
    }


def _over(page: AgreementPage) -> list[list[str]]:
    """Until when an agreement held that ended otherwise than it was signed."""
    if page.state_key not in ("withdrawn", "replaced", "ended") or page.last_day is None:
        return []
    return [[_("Held until"), on_day(page.last_day)]]


_RIGHTS = ("equal_treatment", "control", "safety")


def _withdrawal(page: AgreementPage, laws: list[LegalRule]) -> list[str]:
    said = {each.key: _(each.says) for each in laws}
    if page.terms.term == Term.OPEN:
        days = _("Either side may withdraw with %(days)s days of notice.") % {"days": page.terms.notice_days}
        return [days, said["notice.disability"], said["notice.reason"]]
    return [said["notice.reason"]]


def _signatures(page: AgreementPage) -> list[list[str]]:
    rows = []
    if page.decided_by and page.state_key not in ("changes_requested", "refused", "submitted", "draft"):
        rows.append([_("For the employer"), _("%(name)s, %(moment)s") % _signed(page.decided_by, page.decided_at)])
    if page.signed_on:
        rows.append([_("The worker"), _("%(name)s, %(moment)s") % _signed(page.signer, page.signed_on)])
        rows.append([_("Statement"), page.statement])
    return rows or [[_("Signatures"), _("Not signed yet.")]]


def _signed(name: str, moment: datetime) -> dict[str, str]:
    return {"name": name, "moment": at_time(moment)}
