"""What may happen to an individual agreement on agile work (Law 81/2017, articles 18 to 23): states, steps, labels."""

from enum import StrEnum

from contempo.agile.rules.parts import Who
from contempo.core.words import N_
from contempo.core.workflow import Look, Transition, Workflow


class AgreementState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHANGES_REQUESTED = "changes_requested"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    ENDED = "ended"


_WORKER, _MANAGER = frozenset({Who.WORKER}), frozenset({Who.MANAGER})
_EITHER, _CLOCK = frozenset({Who.WORKER, Who.MANAGER, Who.HR}), frozenset({Who.CLOCK})
_OPEN = (AgreementState.DRAFT, AgreementState.CHANGES_REQUESTED)

AGREEMENT = Workflow(
    name="agreement",
    initial=AgreementState.DRAFT,
    looks={
        AgreementState.DRAFT: Look(N_("Draft"), "neutral", "it-pencil"),
        AgreementState.SUBMITTED: Look(N_("Waits for the manager"), "info", "it-mail"),
        AgreementState.CHANGES_REQUESTED: Look(N_("Changes requested"), "warning", "it-comment"),
        AgreementState.APPROVED: Look(N_("Approved, to be signed"), "info", "it-check"),
        AgreementState.IN_FORCE: Look(N_("Signed by both sides"), "success", "it-check-circle"),
        AgreementState.REFUSED: Look(N_("Refused"), "danger", "it-close-circle"),
        AgreementState.DROPPED: Look(N_("Given up"), "neutral", "it-close"),
        AgreementState.WITHDRAWN: Look(N_("Withdrawn from"), "warning", "it-logout"),
        AgreementState.REPLACED: Look(N_("Replaced by a newer one"), "neutral", "it-refresh"),
        AgreementState.ENDED: Look(N_("Ended"), "neutral", "it-clock"),
    },
    transitions=(
        Transition("submit", _OPEN, AgreementState.SUBMITTED, N_("Send to the manager"), _WORKER),
        Transition(
            "drop",
            (*_OPEN, AgreementState.SUBMITTED, AgreementState.APPROVED),
            AgreementState.DROPPED,
            N_("Give it up"),
            _WORKER,
        ),
        Transition(
            "ask_changes",
            (AgreementState.SUBMITTED,),
            AgreementState.CHANGES_REQUESTED,
            N_("Ask for changes"),
            _MANAGER,
        ),
        Transition("approve", (AgreementState.SUBMITTED,), AgreementState.APPROVED, N_("Approve"), _MANAGER),
        Transition("refuse", (AgreementState.SUBMITTED,), AgreementState.REFUSED, N_("Refuse"), _MANAGER),
        Transition("sign", (AgreementState.APPROVED,), AgreementState.IN_FORCE, N_("Sign the agreement"), _WORKER),
        Transition(
            "withdraw", (AgreementState.IN_FORCE,), AgreementState.WITHDRAWN, N_("Withdraw from the agreement"), _EITHER
        ),
        Transition("replace", (AgreementState.IN_FORCE,), AgreementState.REPLACED, N_("Replace"), _CLOCK),
        Transition("end", (AgreementState.IN_FORCE,), AgreementState.ENDED, N_("End"), _CLOCK),
    ),
)


class Term(StrEnum):
    """How long an agreement lasts (Law 81/2017, article 19, paragraph 2)."""

    FIXED = "fixed"
    OPEN = "open"


TERM_LABELS: dict[str, str] = {Term.FIXED: N_("For a fixed term"), Term.OPEN: N_("Without an end date")}


class Ground(StrEnum):
    """What may be verified of a worker: the legal grounds of priority, and that of the longer notice.

    Priority: Law 81/2017, article 18, paragraph 3-bis; Law 104/1992, article 33, paragraph 6-bis; Law 106/2025, article
    1, paragraph 4. Notice: Law 81/2017, article 19, paragraph 2. Sources and days: `rules.law`.
    """

    CHILD_TO_12 = "child_to_12"
    DISABLED_CHILD = "disabled_child"
    DISABLED_WORKER = "disabled_worker"
    CAREGIVER = "caregiver"
    ARTICLE_33 = "article_33"
    AFTER_LEAVE = "after_leave"
    TARGETED_PLACEMENT = "targeted_placement"


GROUND_LABELS: dict[str, str] = {
    Ground.CHILD_TO_12: N_("Child up to 12 years old"),
    Ground.DISABLED_CHILD: N_("Child with a disability, of any age"),
    Ground.DISABLED_WORKER: N_("Worker with a severe disability (Law 104/1992, article 4, paragraph 1)"),
    Ground.CAREGIVER: N_("Family caregiver (Law 205/2017, article 1, paragraph 255)"),
    Ground.ARTICLE_33: N_("User of the leave of Law 104/1992, article 33"),
    Ground.AFTER_LEAVE: N_("Back from the leave of Law 106/2025, article 1"),
    Ground.TARGETED_PLACEMENT: N_("Worker with a disability under Law 68/1999, article 1"),
}


class Told(StrEnum):
    """What the Ministry of Labour is told of an agreement (Law 81/2017, article 23)."""

    STARTED = "started"
    CHANGED = "changed"
    ENDED = "ended"


TOLD_LABELS: dict[str, str] = {
    Told.STARTED: N_("Start"),
    Told.CHANGED: N_("Change"),
    Told.ENDED: N_("End"),
}


GRANTS_PRIORITY: frozenset[str] = frozenset(Ground) - {Ground.TARGETED_PLACEMENT}
"""Grounds whose requests go first. The longer notice alone gives no priority: its law speaks of notice only."""

SIGNED: frozenset[str] = frozenset(
    {AgreementState.IN_FORCE, AgreementState.WITHDRAWN, AgreementState.REPLACED, AgreementState.ENDED}
)
"""States of agreements that both sides have agreed to: each holds from its first day until (not on) its `until`."""

IN_THE_MAKING: frozenset[str] = frozenset(
    {
        AgreementState.DRAFT,
        AgreementState.SUBMITTED,
        AgreementState.CHANGES_REQUESTED,
        AgreementState.APPROVED,
    }
)
"""States of agreements that are still being made: a worker has one of them at most."""
