"""Invented claims of partners with their expenses, advances, payments and budget revisions."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import F, Q

from contempo.config.demo import facts
from contempo.config.demo.networks import Stage
from contempo.config.demo.papers import paper
from contempo.core.clock import today
from contempo.core.money import cents_written
from contempo.network.models import Organisation
from contempo.programmes.actions import payments, revisions
from contempo.programmes.actions.claims import control, drafting, sending
from contempo.programmes.models import Alliance, Allocation, BudgetLine, Expense, Plan, Source
from contempo.programmes.rules.claims import DocumentKind
from contempo.programmes.rules.expenses import Details
from contempo.programmes.rules.revisions import Change

Moment = tuple[datetime, Callable[[], None]]


def claim_moments(stage: Stage, folder: str) -> Iterator[Moment]:
    """When advances were paid, claims moved and revisions decided."""
    told = facts.toml(f"{folder}/claims.toml")
    rows = facts.rows(f"{folder}/claims.csv")
    ledger = _Ledger(stage, told["plan"])
    for advance in told["advances"]:
        yield advance["at"], partial(ledger.advance, advance)
    for claim in told["claims"]:
        yield from _Claim(ledger, claim, [row for row in rows if row["claim"] == claim["key"]]).moments()
    for revision in told["revisions"]:
        yield from _Revision(ledger, revision).moments()


class _Ledger:
    """The plan whose money is told of, looked up when something happens."""

    def __init__(self, stage: Stage, key: str) -> None:
        self.stage, self.key = stage, key

    @property
    def plan(self) -> Plan:
        return Plan.objects.get(network_id=self.stage.id, key=self.key)

    def organisation(self, key: str) -> int:
        """The number of an organisation by its address in the registry."""
        return Organisation.objects.get(network_id=self.stage.id, slug=key).pk

    def alliance(self, key: str) -> int | None:
        """The number of an alliance; None for the plan itself."""
        return Alliance.objects.get(plan=self.plan, key=key).pk if key else None

    def advance(self, told: dict[str, Any]) -> None:
        """Pay an advance on the day it was recorded."""
        payments.advance(
            self.stage.actor(told["by"]),
            plan_id=self.plan.pk,
            organisation_id=self.organisation(told["organisation"]),
            alliance_id=self.alliance(told["alliance"]),
            cents=cents_written(told["amount"]),
            reference=told["reference"],
            paid_on=today(),
        )


class _Claim:
    """One claim of `claims.toml`, with its expenses of `claims.csv`."""

    def __init__(self, ledger: _Ledger, told: dict[str, Any], rows: list[dict[str, str]]) -> None:
        self.ledger, self.told, self.rows = ledger, told, rows
        self.stage = ledger.stage
        self.number = 0

    def moments(self) -> Iterator[Moment]:
        """What happened and when."""
        yield self.told["drafted_at"], self._draft
        for move in self.told.get("story", []):
            yield move["at"], partial(getattr(self, f"_{move['step']}"), move)

    def _draft(self) -> None:
        actor, told = self.stage.actor(self.told["by"]), self.told
        organisation_id = self.ledger.organisation(told["organisation"])
        claim = drafting.draft_claim(
            actor,
            plan_id=self.ledger.plan.pk,
            organisation_id=organisation_id,
            alliance_id=self.ledger.alliance(told["alliance"]),
            title=told["title"],
            note=told.get("note", ""),
        )
        self.number = claim.pk
        cells = self._cells(organisation_id)
        for row in self.rows:
            details = self._details(row, cells)
            proofs = [] if details.kind == DocumentKind.IN_KIND else [_paper("Pagamento", row, row["payment"])]
            drafting.add_expense(
                actor,
                claim_id=claim.pk,
                details=details,
                documents=[_paper("Documento", row, row["description"])],
                proofs=proofs,
            )

    def _cells(self, organisation_id: int) -> dict[tuple[str, str], int]:
        """The allocations to charge by line and source: those set aside for the organisation before the others."""
        found = Allocation.objects.filter(plan=self.ledger.plan).order_by(F("partner_id").asc(nulls_first=True))
        found = found.filter(Q(partner=None) | Q(partner_id=organisation_id))
        return {(line, source): cell for cell, line, source in found.values_list("id", "line__key", "source__key")}

    def _details(self, row: dict[str, str], cells: dict[tuple[str, str], int]) -> Details:
        return Details(
            allocation_id=cells[row["line"], row["source"]],
            kind=row["kind"],
            number=row["number"],
            dated_on=date.fromisoformat(row["dated_on"]),
            supplier=row["supplier"],
            supplier_code=row["supplier_code"],
            description=row["description"],
            net_cents=cents_written(row["net"]),
            vat_cents=cents_written(row["vat"]),
            vat_recovered=row["vat_recovered"] == "true",
            claimed_cents=cents_written(row["claimed"]),
            paid_on=date.fromisoformat(row["paid_on"]),
            payment=row["payment"],
        )

    def _submit(self, move: dict[str, Any]) -> None:
        sending.submit(self.stage.actor(move["by"]), claim_id=self.number)

    def _control(self, move: dict[str, Any]) -> None:
        control.begin_control(self.stage.actor(move["by"]), claim_id=self.number)

    def _give_back(self, move: dict[str, Any]) -> None:
        control.give_back(self.stage.actor(move["by"]), claim_id=self.number, reason=move["text"])

    def _judge(self, move: dict[str, Any]) -> None:
        """Judge the expenses of which the file says how much is to be accepted."""
        actor = self.stage.actor(move["by"])
        positions = Expense.objects.filter(claim_id=self.number).order_by("position").values_list("position", flat=True)
        for position, row in zip(positions, self.rows, strict=True):
            if row["accepted"]:
                control.judge(
                    actor,
                    claim_id=self.number,
                    position=position,
                    accepted_cents=cents_written(row["accepted"]),
                    reason=row["reason"],
                )

    def _close(self, move: dict[str, Any]) -> None:
        """Judge, accept in full what the file does not reduce, and close."""
        actor = self.stage.actor(move["by"])
        self._judge(move)
        control.judge_rest(actor, claim_id=self.number)
        control.close_control(actor, claim_id=self.number)

    def _pay(self, move: dict[str, Any]) -> None:
        payments.pay(self.stage.actor(move["by"]), claim_id=self.number, reference=move["text"], paid_on=today())


class _Revision:
    """One budget revision of `claims.toml`."""

    def __init__(self, ledger: _Ledger, told: dict[str, Any]) -> None:
        self.ledger, self.told = ledger, told
        self.number = 0

    def moments(self) -> Iterator[Moment]:
        """What happened and when."""
        yield self.told["at"], self._draft
        for move in self.told["story"]:
            yield move["at"], partial(getattr(self, f"_{move['step']}"), move)

    def _draft(self) -> None:
        plan = self.ledger.plan
        lines = dict(BudgetLine.objects.filter(plan=plan).values_list("key", "id"))
        sources = dict(Source.objects.filter(plan=plan).values_list("key", "id"))
        changes = [
            Change(
                lines[change["line"]],
                sources[change["source"]],
                self.ledger.organisation(change["partner"]) if "partner" in change else None,
                cents_written(change["amount"]),
            )
            for change in self.told["changes"]
        ]
        revision = revisions.draft_revision(
            self.ledger.stage.actor(self.told["by"]),
            plan_id=plan.pk,
            title=self.told["title"],
            reason=self.told["reason"],
            changes=changes,
        )
        self.number = revision.pk

    def _propose(self, move: dict[str, Any]) -> None:
        revisions.propose_revision(self.ledger.stage.actor(move["by"]), revision_id=self.number)

    def _approve(self, move: dict[str, Any]) -> None:
        revisions.approve_revision(
            self.ledger.stage.actor(move["by"]), revision_id=self.number, note=move.get("text", "")
        )


def _paper(what: str, row: dict[str, str], about: str) -> "ContentFile[bytes]":
    """A paper of an expense: the document itself or the proof that it was paid."""
    lines = [
        f"{what}: {row['number']}",
        row["supplier"],
        about,
        f"{row['claimed']} euro",
        "Carta di prova, fatta per la dimostrazione: non ha valore.",
    ]
    return paper(f"{what} {row['number'].replace('/', '-')}.pdf", lines)
