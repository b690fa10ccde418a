"""What the auditor found in a plan at its last check."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contempo.core.choices import choices
from contempo.core.words import N_
from contempo.core.workflow import Look
from contempo.people.public import Actor
from contempo.programmes.access import may_check_plans
from contempo.programmes.models import PlanFinding
from contempo.programmes.queries.opened import OpenedPlan
from contempo.programmes.rules.audit import RULES, SECTION_LABELS, Rule
from contempo.programmes.rules.findings import SEVERITY_LABELS, Severity
from contempo.web.lists import Column, ListPage, build, every_row

LOOKS: dict[str, Look] = {
    Severity.ERROR: Look(SEVERITY_LABELS[Severity.ERROR], "danger", "it-close-circle"),
    Severity.WARNING: Look(SEVERITY_LABELS[Severity.WARNING], "warning", "it-warning-circle"),
    Severity.NOTE: Look(SEVERITY_LABELS[Severity.NOTE], "neutral", "it-info-circle"),
}
PLURALS: dict[str, str] = {
    Severity.ERROR: N_("Errors"),
    Severity.WARNING: N_("Findings to be looked at"),
    Severity.NOTE: N_("Notes"),
}
_RULES: dict[str, Rule] = {rule.name: rule for rule in RULES}
_MOST_WORDS = 8


@dataclass(frozen=True)
class FindingRow:
    """A finding in the reader's language; `computed` is also the figure of the other place, where two are compared."""

    subject: str
    explanation: str
    place: str
    severity: Look
    declared: str
    computed: str
    difference: str
    rule: str
    section: str
    path: str


@dataclass(frozen=True)
class Figure:
    """How many findings are of one severity, and the address of their list."""

    label: str
    count: int
    url: str


@dataclass(frozen=True)
class FindingsPage:
    """The findings of a plan; `checked_at` is None for a plan that was never checked."""

    rows: ListPage
    checked_at: datetime | None
    figures: tuple[Figure, ...]
    may_check: bool
    sections: tuple[tuple[str, tuple[str, ...]], ...]
    rules: int


COLUMNS = (
    Column("explanation", _("Finding"), template="programmes/plan/cells/finding.html"),
    Column("severity", _("Severity"), sort="position"),
    Column("declared", _("In the document"), sort="declared", numeric=True),
    Column("computed", _("Worked out, or elsewhere"), sort="computed", numeric=True),
    Column("difference", _("Difference"), numeric=True),
    Column("subject", _("Words of the document"), only_export=True),
    Column("place", _("Place"), sort="place", only_export=True),
    Column("section", _("Section"), only_export=True),
    Column("rule", _("Rule"), sort="rule", only_export=True),
    Column("path", _("Path in the plan's file"), sort="path", only_export=True),
)


class FindingFilters(django_filters.FilterSet):
    """What findings may be narrowed by; named as in the address."""

    cerca = django_filters.CharFilter(label=_("Words or figures"), method="worded")
    gravita = django_filters.ChoiceFilter(
        label=_("Severity"), choices=choices(SEVERITY_LABELS), field_name="severity", empty_label=_("All")
    )
    sezione = django_filters.ChoiceFilter(
        label=_("Section"), choices=choices(SECTION_LABELS), method="in_section", empty_label=_("All")
    )
    regola = django_filters.ChoiceFilter(
        label=_("Rule"),
        choices=choices({rule.name: rule.label for rule in RULES}),
        field_name="rule",
        empty_label=_("All"),
    )

    class Meta:
        model = PlanFinding
        fields: tuple[str, ...] = ()

    def worded(self, rows: QuerySet[PlanFinding], name: str, text: str) -> QuerySet[PlanFinding]:
        """With each word of `text` in what it is about, in the place or in one of the figures."""
        for word in text.split()[:_MOST_WORDS]:
            within = (Q(**{f"{part}__icontains": word}) for part in ("subject", "place", "declared", "computed"))
            rows = rows.filter(reduce(or_, within))
        return rows

    def in_section(self, rows: QuerySet[PlanFinding], name: str, section: str) -> QuerySet[PlanFinding]:
        """Of the rules of one section."""
        return rows.filter(rule__in=[rule.name for rule in RULES if rule.section == section])


def findings(actor: Actor, plan: OpenedPlan, params: QueryDict) -> FindingsPage:
    """The page of findings that `params` ask for. Three SQL."""
    rows = build(_filters(plan, params), columns=COLUMNS, to_row=_row, sort="severity")
    counted = PlanFinding.objects.filter(plan=plan.plan).order_by().values_list("severity")
    counts = dict(counted.annotate(number=Count("pk")))
    url = plan.url("findings")
    return FindingsPage(
        rows=rows,
        checked_at=plan.plan.checked_at,
        figures=tuple(
            Figure(gettext(PLURALS[severity]), counts.get(severity.value, 0), f"{url}?gravita={severity.value}")
            for severity in Severity
        ),
        may_check=bool(may_check_plans(actor)),
        sections=tuple(
            (gettext(label), tuple(gettext(rule.label) for rule in RULES if rule.section == section))
            for section, label in SECTION_LABELS.items()
        ),
        rules=len(RULES),
    )


def finding_rows(plan: OpenedPlan, params: QueryDict) -> Iterator[FindingRow]:
    """Every finding that `params` ask for, for a file."""
    return every_row(_filters(plan, params), columns=COLUMNS, to_row=_row, sort="severity")


def _filters(plan: OpenedPlan, params: QueryDict) -> FindingFilters:
    return FindingFilters(params, PlanFinding.objects.filter(plan=plan.plan))


def _row(finding: PlanFinding) -> FindingRow:
    rule = _RULES.get(finding.rule)
    explanation = gettext(finding.explanation)
    return FindingRow(
        subject=finding.subject,
        explanation=explanation % finding.params if finding.params else explanation,
        place=finding.place,
        severity=LOOKS[finding.severity],
        declared=finding.declared,
        computed=finding.computed,
        difference=finding.difference,
        rule=gettext(rule.label) if rule else finding.rule,
        section=gettext(SECTION_LABELS[rule.section]) if rule else "",
        path=finding.path,
    )
