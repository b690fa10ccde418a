"""The ledger of agile days, and the trigger that keeps it from being overdrawn or rewritten."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contempo.agile.models.clearing import Clearing
from contempo.agile.models.months import Account, Month
from contempo.agile.models.structure import Unit
from contempo.agile.rules.ledger import EFFECTS, ENTRY_KIND_LABELS, EntryKind
from contempo.core.choices import choices

NOT_BELOW_ZERO = "agile_ledger_not_below_zero"
"""What PostgreSQL names as violated when an account would be overdrawn, or go beyond its cap."""


def effect_sql(part: str, entry: str) -> str:
    """SQL for the days by which an entry (a table alias) changes `part` of its account."""
    cases = " ".join(
        f"WHEN '{kind}' THEN {sign} * {entry}.days"
        for kind, effect in EFFECTS.items()
        if (sign := getattr(effect, part))
    )
    freed = f" - {entry}.asked" if part == "reserved" else ""
    return f"(CASE {entry}.kind {cases} ELSE 0 END{freed})"


_AVAILABLE, _PLANNED, _USED, _RESERVED = (
    f"sum({effect_sql(part, 'entry')})" for part in ("available", "planned", "used", "reserved")
)
_SURE = f"kind = '{EntryKind.GRANT}' OR (kind = '{EntryKind.AWARD}' AND days >= 0 AND clearing_id IS NOT NULL)"

KEEP_SUMS = f"""
    IF EXISTS (SELECT 1 FROM new_rows WHERE account_id IS NOT NULL AND NOT ({_SURE})) THEN
        PERFORM 1 FROM agile_account WHERE id IN (
            SELECT account_id FROM new_rows WHERE account_id IS NOT NULL AND NOT ({_SURE})
        ) ORDER BY id FOR UPDATE;
        -- Planned anew each time: what is right for a million rows is wrong for one.
        EXECUTE $check$
            SELECT EXISTS (
                SELECT 1 FROM agile_entry AS entry JOIN agile_account AS account ON account.id = entry.account_id
                WHERE entry.account_id IN (
                    SELECT account_id FROM new_rows WHERE account_id IS NOT NULL AND NOT ({_SURE})
                )
                GROUP BY account.id, account.cap
                HAVING {_AVAILABLE} < 0 OR {_PLANNED} < 0 OR {_USED} < 0 OR {_RESERVED} < 0
                    OR ({_AVAILABLE} + {_PLANNED} + {_USED} + {_RESERVED} > account.cap
                        AND account.id IN (
                            SELECT account_id FROM new_rows
                            WHERE kind IN ('{EntryKind.REQUEST}', '{EntryKind.AWARD}') AND days > 0
                        ))
            )
        $check$ INTO overdrawn;
        IF overdrawn THEN
            RAISE EXCEPTION 'an account would be overdrawn'
                USING ERRCODE = 'check_violation', CONSTRAINT = '{NOT_BELOW_ZERO}';
        END IF;
    END IF;
    WITH moved AS (
        SELECT entry.month_id, coalesce(account.directorate_id, entry.directorate_id) AS directorate_id, account.sex,
            account.birth_year, entry.kind, sum(entry.days) AS days, sum(entry.asked) AS asked,
            sum(entry.days) FILTER (WHERE entry.kind = '{EntryKind.AWARD}' AND entry.clearing_id IS NULL) AS drawn,
            sum(entry.own) AS own, sum(entry.shared) AS shared,
            count(*) FILTER (WHERE entry.account_id IS NOT NULL AND account.id IS NULL) AS lost
        FROM new_rows AS entry LEFT JOIN agile_account AS account
            ON account.id = entry.account_id AND account.month_id = entry.month_id
        GROUP BY 1, 2, 3, 4, 5
    ), filled AS (
        UPDATE agile_pool AS pool SET free = pool.free + change.amount
        FROM (
            SELECT month_id, directorate_id, sum(own) AS amount FROM moved GROUP BY 1, 2 HAVING sum(own) <> 0
            UNION ALL
            SELECT month_id, NULL, sum(shared) FROM moved GROUP BY 1 HAVING sum(shared) <> 0
        ) AS change
        WHERE pool.month_id = change.month_id AND pool.directorate_id IS NOT DISTINCT FROM change.directorate_id
    ), counted AS (
        INSERT INTO agile_monthtally (month_id, directorate_id, sex, birth_year, measure, count)
        SELECT month_id, directorate_id, sex, birth_year, part.measure, sum(part.amount)
        FROM moved, LATERAL (VALUES (kind, days), ('asked', asked), ('drawn', drawn)) AS part (measure, amount)
        WHERE sex IS NOT NULL
        GROUP BY 1, 2, 3, 4, 5 HAVING sum(part.amount) <> 0
        ORDER BY 1, 2, 3, 4, 5
        ON CONFLICT (month_id, directorate_id, sex, birth_year, measure)
        DO UPDATE SET count = agile_monthtally.count + EXCLUDED.count
    )
    SELECT coalesce(sum(moved.lost), 0) INTO strangers FROM moved;
    IF strangers > 0 THEN
        RAISE EXCEPTION 'an entry for an account of no month' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
"""


class Entry(models.Model):
    """One move of days, never changed nor removed. `own` and `shared` are what it adds to the pool of the directorate
    and to the shared one.

    An award also closes the `asked` days of the request it answers, and says why: `reason` is a code of
    `rules.clearing`, `position` the place in the draw of who lost it, `klass` the class, `held` what an earlier
    clearing had given and was already taken up. Without an account an entry concerns a pool. References are checked by
    the trigger, once for each statement: a clearing writes as many entries as there are requests. Personal data through
    the account: kept five years after the month.
    """

    month = models.ForeignKey(Month, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    account = models.ForeignKey(
        Account, models.PROTECT, null=True, related_name="entries", db_constraint=False, verbose_name=_("account")
    )
    directorate = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    kind = models.CharField(_("kind"), max_length=8, choices=choices(ENTRY_KIND_LABELS))
    days = models.IntegerField(_("days"))
    asked = models.SmallIntegerField(_("days asked"), default=0)
    own = models.IntegerField(_("into the pool of the directorate"), default=0)
    shared = models.IntegerField(_("into the shared pool"), default=0)
    reason = models.SmallIntegerField(_("why"), default=0)
    position = models.IntegerField(_("place in the draw"), default=0)
    klass = models.SmallIntegerField(_("class"), default=0)
    held = models.SmallIntegerField(_("already taken up"), default=0)
    day = models.DateField(_("date"), null=True)
    clearing = models.ForeignKey(
        Clearing, models.PROTECT, null=True, related_name="entries", db_constraint=False, db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("entry of the ledger")
        verbose_name_plural = _("entries of the ledger")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(days__gte=0) | Q(kind__in=[EntryKind.REQUEST, EntryKind.AWARD]),
                name="entry_days_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["month", "id"], name="entry_of_month"),
            models.Index(fields=["month"], condition=Q(account__isnull=True), name="entry_of_pool"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="ledger_sums",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                declare=[("strangers", "bigint"), ("overdrawn", "boolean")],
                func=KEEP_SUMS,
            ),
            pgtrigger.Protect(name="ledger_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.days}"
