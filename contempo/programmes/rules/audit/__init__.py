"""The auditor: makes every figure of a plan anew and lists where the plan does not agree with itself. See
docs/plan-audit.md; it corrects nothing.
"""

from contempo.programmes.rules.audit.checking import check
from contempo.programmes.rules.audit.table import RULES, SECTION_LABELS, Rule, Section

__all__ = ["RULES", "SECTION_LABELS", "Rule", "Section", "check"]
