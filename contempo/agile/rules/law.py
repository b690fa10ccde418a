"""The legal rules that agile work follows, as data: what each says, where it stands, and between which days it holds.

Pages that apply a rule name it by its key and cite it; code that reckons with a rule takes its `value` for the day it
reckons for. Days are those on which the rule itself began to hold; `until` is the day after its last.
"""

from dataclasses import dataclass
from datetime import date

from contempo.core.words import N_


@dataclass(frozen=True)
class LegalRule:
    """What a law says (`says`, a message id), its `source` as it is cited in Italy, the `address` of the text.

    `value` is the number it fixes, its unit in `says`; None when it fixes none.
    """

    key: str
    says: str
    source: str
    address: str
    since: date
    until: date | None = None
    value: int | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


_LAW_81 = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2017-05-22;81"
_LAW_104 = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:1992-02-05;104"
_LAW_106 = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2025-07-18;106"
_LAW_203 = "https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:legge:2024-12-13;203"
_DECREE_149 = (
    "https://www.olympus.uniurb.it/index.php?option=com_content&view=article&id=28603:mlps149_22&catid=5&Itemid=137"
)
_CIRCULAR_6 = (
    "https://insic.it/sicurezza-sul-lavoro/prevenzione-infortuni-articoli/"
    "lavoro-agile-e-comunicazioni-obbligatorie-entro-5-giorni-i-chiarimenti-dal-ministero-lavoro-circ-6-2025"
)
_GUIDANCE_2023 = "https://www.italpaghe.com/smart-working-2023--scadenze-di-invio-comunicazione"

_LAW_81_SINCE = date(2017, 6, 14)
_DECREE_105_SINCE = date(2022, 8, 13)
_DECREE_149_SINCE = date(2022, 9, 1)
_LAW_203_SINCE = date(2025, 1, 12)

RULES: tuple[LegalRule, ...] = (
    LegalRule(
        "agreement",
        N_("Agile work is a way of doing a job as an employee, settled by an agreement of the two sides."),
        "Legge 22 maggio 2017, n. 81, articolo 18, comma 1",
        f"{_LAW_81}~art18",
        _LAW_81_SINCE,
    ),
    LegalRule(
        "priority",
        N_(
            "Requests go first of parents of children up to twelve years, or with a disability at any age, of workers "
            "with a severe disability, and of family caregivers."
        ),
        "Legge 22 maggio 2017, n. 81, articolo 18, comma 3-bis, come sostituito dal decreto legislativo 30 giugno "
        "2022, n. 105, articolo 4, comma 1, lettera b)",
        f"{_LAW_81}~art18",
        _DECREE_105_SINCE,
    ),
    LegalRule(
        "priority.article_33",
        N_("Who uses the leave of Law 104/1992, article 33, paragraphs 2 and 3, has priority too."),
        "Legge 5 febbraio 1992, n. 104, articolo 33, comma 6-bis, inserito dal decreto legislativo 30 giugno 2022, "
        "n. 105, articolo 3",
        f"{_LAW_104}~art33",
        _DECREE_105_SINCE,
    ),
    LegalRule(
        "priority.after_leave",
        N_("Who comes back from the leave for cancer, disabling or chronic illness has priority too."),
        "Legge 18 luglio 2025, n. 106, articolo 1, comma 4",
        f"{_LAW_106}~art1",
        date(2025, 8, 9),
    ),
    LegalRule(
        "content",
        N_(
            "The agreement is written. It says how the work outside is done, how the employer directs it, with which "
            "tools, when the worker rests, and how disconnection is assured."
        ),
        "Legge 22 maggio 2017, n. 81, articolo 19, comma 1",
        f"{_LAW_81}~art19",
        _LAW_81_SINCE,
    ),
    LegalRule(
        "notice",
        N_("An agreement without an end date ends with a notice of at least thirty days."),
        "Legge 22 maggio 2017, n. 81, articolo 19, comma 2",
        f"{_LAW_81}~art19",
        _LAW_81_SINCE,
        value=30,
    ),
    LegalRule(
        "notice.disability",
        N_(
            "When the employer withdraws from the agreement of a worker with a disability (Law 68/1999, article 1), "
            "the notice is of at least ninety days."
        ),
        "Legge 22 maggio 2017, n. 81, articolo 19, comma 2",
        f"{_LAW_81}~art19",
        _LAW_81_SINCE,
        value=90,
    ),
    LegalRule(
        "notice.reason",
        N_(
            "With a justified reason either side may withdraw at once: before the end of a fixed term, or without "
            "notice when there is no end date."
        ),
        "Legge 22 maggio 2017, n. 81, articolo 19, comma 2",
        f"{_LAW_81}~art19",
        _LAW_81_SINCE,
        value=0,
    ),
    LegalRule(
        "equal_treatment",
        N_("Who works in the agile way is treated and paid no worse than who does the same job inside."),
        "Legge 22 maggio 2017, n. 81, articolo 20, comma 1",
        f"{_LAW_81}~art20",
        _LAW_81_SINCE,
    ),
    LegalRule(
        "control",
        N_(
            "The agreement says how the employer checks the work outside, within the limits of article 4 of Law "
            "300/1970."
        ),
        "Legge 22 maggio 2017, n. 81, articolo 21, comma 1",
        f"{_LAW_81}~art21",
        _LAW_81_SINCE,
    ),
    LegalRule(
        "safety",
        N_(
            "At least once a year the employer gives the worker and the safety representative a written notice on "
            "the general and specific risks of agile work."
        ),
        "Legge 22 maggio 2017, n. 81, articolo 22, comma 1",
        f"{_LAW_81}~art22",
        _LAW_81_SINCE,
        value=1,
    ),
    LegalRule(
        "telling",
        N_(
            "The employer tells the Ministry of Labour the names of the workers and the days on which agile work "
            "begins and ends."
        ),
        "Legge 22 maggio 2017, n. 81, articolo 23, comma 1, come modificato dal decreto-legge 21 giugno 2022, n. 73, "
        "articolo 41-bis, convertito dalla legge 4 agosto 2022, n. 122",
        f"{_LAW_81}~art23",
        _DECREE_149_SINCE,
    ),
    LegalRule(
        "telling.private",
        N_("Private employers tell the Ministry within five days of the beginning, as its guidance asks."),
        "Indicazioni del Ministero del lavoro sulle comunicazioni del decreto ministeriale 22 agosto 2022, n. 149",
        _GUIDANCE_2023,
        _DECREE_149_SINCE,
        _LAW_203_SINCE,
        value=5,
    ),
    LegalRule(
        "telling.private",
        N_("Private employers tell the Ministry within five days of the beginning, of a change of term, of the end."),
        "Legge 22 maggio 2017, n. 81, articolo 23, comma 1, come modificato dalla legge 13 dicembre 2024, n. 203, "
        "articolo 14; circolare del Ministero del lavoro 27 marzo 2025, n. 6",
        f"{_LAW_203}~art14",
        _LAW_203_SINCE,
        value=5,
    ),
    LegalRule(
        "telling.public",
        N_("Public bodies tell the Ministry by the twentieth day of the following month."),
        "Circolare del Ministero del lavoro 27 marzo 2025, n. 6, che conferma il termine già in uso",
        _CIRCULAR_6,
        _DECREE_149_SINCE,
        value=20,
    ),
    LegalRule(
        "keeping",
        N_("The employer keeps the agreement for five years from its signature."),
        "Decreto ministeriale 22 agosto 2022, n. 149",
        _DECREE_149,
        _DECREE_149_SINCE,
        value=5,
    ),
)


def rule(key: str, day: date) -> LegalRule:
    """The rule of this key that holds on `day`. Raises LookupError when none does."""
    for each in RULES:
        if each.key == key and each.holds(day):
            return each
    raise LookupError(f"no rule {key!r} holds on {day}")


def value(key: str, day: date) -> int:
    """The number the rule of this key fixes on `day`. Raises LookupError when there is none."""
    found = rule(key, day).value
    if found is None:
        raise LookupError(f"rule {key!r} fixes no number")
    return found
