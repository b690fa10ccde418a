"""The check of a whole plan."""

from contempo.programmes.rules.audit.facts import facts_of
from contempo.programmes.rules.audit.table import RULES
from contempo.programmes.rules.findings import Finding, Severity
from contempo.programmes.rules.plan.tree import Plan

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def check(plan: Plan) -> tuple[Finding, ...]:
    """Everything in which a plan does not agree with itself: errors first, then what wants a look, then notes; each in
    the order of the rules, then of the plan.

    Nothing is corrected, nothing is left out: the same plan gives the same findings. References that lead nowhere are
    the reader's to refuse; here they count for nothing.
    """
    facts = facts_of(plan)
    findings = (finding for rule in RULES for finding in rule.find(facts))
    return tuple(sorted(findings, key=lambda finding: _ORDER[finding.severity]))
