"""Random plans that can be read: every field of the format filled now and then, every reference leading somewhere.

Nothing says that their figures agree: that is the auditor's.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from contempo.programmes.rules.plan import measures, tree

KINDS = ("association", "company", "municipality", "public_body", "trade_union")

_keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
_signs = st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufeff\ufffe\uffff").filter(
    lambda sign: sign in "\t\n\r\x0b\x0c\x85" or not (ord(sign) < 32 or 127 <= ord(sign) < 160)
)
_odd = st.sampled_from(
    [
        "no",
        "NO",
        "1.10",
        "12:30",
        "2014-06-30",
        "- uno",
        "# nota",
        "a: b",
        "'",
        '"',
        "|",
        ">-",
        "=SOMMA(A1)",
        "~",
        "null",
        "\tuno",
        "una riga lunga " * 12,
        "prima\n\n  seconda\nterza  ",
        "*a",
        "&a",
        "!x",
        "%d",
        "@x",
        "`",
        "[a]",
        "{a}",
    ]
)
_free = st.one_of(_odd, st.text(_signs, max_size=40))
_text = _free
_words = _free.filter(lambda text: text.strip())
_line = _words.map(lambda text: " ".join(text.split())[:200]).filter(bool)
_days = st.dates(date(2010, 1, 1), date(2030, 12, 31))
_ordinals = st.integers(1, 9999)


def maybe(strategy: st.SearchStrategy[Any], empty: Any = "") -> st.SearchStrategy[Any]:
    """`strategy`, or what is left out."""
    return st.one_of(st.just(empty), strategy)


def several(strategy: st.SearchStrategy[Any], most: int = 2, by: Any = None) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to `most` of `strategy`, different in what `by` takes of them."""
    return st.lists(strategy, max_size=most, unique_by=by).map(tuple)


def keyed(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    """Up to `most` parts with different keys."""
    return several(strategy, most, lambda part: part.key)


def _span(part: type[Any], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    def made(first: date | None, length: int | None, held: dict[str, Any]) -> Any:
        last = first + timedelta(length) if first and length is not None else None
        return part(starts_on=first, ends_on=last, **held)

    return st.builds(made, maybe(_days, None), maybe(st.integers(0, 900), None), st.fixed_dictionaries(fields))


def _of(keys: list[str]) -> st.SearchStrategy[Any]:
    return st.sampled_from(keys) if keys else st.nothing()


def _activity(organisations: list[str], phases: list[str], areas: list[tree.Area]) -> st.SearchStrategy[Any]:
    return _span(
        tree.Activity,
        key=_keys,
        title=_line,
        text=maybe(_text),
        area=st.sampled_from(areas),
        phase=maybe(_of(phases), None) if phases else st.none(),
        responsible=several(_of(organisations), by=lambda key: key) if organisations else st.just(()),
        place=maybe(_line),
        times=maybe(_ordinals, None),
        state=st.sampled_from(["planned", "under_way", "done", "suspended", "cancelled"]),
    )


@st.composite
def _alliance(draw: Any, organisations: list[str]) -> tree.Alliance:
    lead = draw(_of(organisations))
    others = [key for key in organisations if key != lead]
    phases = draw(keyed(_span(tree.Phase, key=_keys, number=_ordinals, title=_line, text=maybe(_text))))
    results = keyed(st.builds(tree.Result, key=_keys, text=_words))
    partner = st.builds(
        tree.Partner, organisation=_of(others), role=maybe(_text), group=maybe(_line), through=maybe(_line)
    )
    return draw(
        _span(
            tree.Alliance,
            key=_keys,
            name=_line,
            title=maybe(_line),
            lead=st.just(lead),
            lead_office=maybe(_line),
            period_text=maybe(_line),
            cup=maybe(st.just("D49G14000010009")),
            context=maybe(_text),
            aims=maybe(_text),
            partners=several(partner, by=lambda it: it.organisation) if others else st.just(()),
            unnamed_partners=maybe(st.integers(0, 99), None),
            phases=st.just(phases),
            activities=keyed(_activity(organisations, [phase.key for phase in phases], list(tree.Area))),
            audiences=several(st.builds(tree.Audience, name=_line, text=maybe(_text))),
            objectives=keyed(st.builds(tree.AllianceObjective, key=_keys, text=_words, results=results)),
            reward_uses=several(_words),
        )
    )


_TARGETS = {
    measures.Unit.COUNT: st.sampled_from(["20", "1.234", "7,5"]),
    measures.Unit.SHARE: st.sampled_from(["20,18%", "80 %"]),
    measures.Unit.YES_NO: st.sampled_from(["sì", "no"]),
    measures.Unit.TEXT: _line,
}


@st.composite
def _indicator(draw: Any, alliances: list[str]) -> measures.Indicator:
    unit = draw(st.sampled_from(measures.Unit))
    target = st.builds(measures.AllianceTarget, alliance=_of(alliances), target=_TARGETS[unit])
    return draw(
        st.builds(
            measures.Indicator,
            key=_keys,
            typology=st.sampled_from(measures.Typology),
            number=maybe(_ordinals, None),
            name=_line,
            unit=st.just(unit),
            method=st.sampled_from(sorted(measures.METHODS_OF[unit])),
            target=maybe(_TARGETS[unit]),
            targets=several(target, by=lambda it: it.alliance) if alliances else st.just(()),
            source=maybe(st.just("network.members")),
            filters=st.dictionaries(_keys, _line, max_size=2),
            by=several(st.sampled_from(measures.Dimension), by=lambda it: it),
            evidence=maybe(_text),
            public=st.booleans(),
            note=maybe(_text),
        )
    )


_declaration = st.one_of(
    st.builds(
        measures.Declaration,
        key=_keys,
        place=_line,
        quote=maybe(_text),
        unit=st.sampled_from(["euro", "count", "percent"]),
        value=st.sampled_from(["903.329,10", "20", "25,88", "1234.56", "25,880"]),
        qualifier=st.sampled_from(measures.Qualifier),
        quantity=maybe(_line),
        measures=maybe(st.just("budget.total")),
        formula=maybe(
            st.builds(
                measures.Formula,
                operation=st.sampled_from(measures.Operation),
                of=st.lists(_line, min_size=1, max_size=2).map(tuple),
            ),
            None,
        ),
        note=maybe(_text),
    ),
    st.builds(measures.Declaration, key=_keys, place=_line, unit=st.just("text"), value=_line),
)


@st.composite
def _budget(draw: Any, acts: list[str], alliances: list[str], organisations: list[str]) -> tree.Budget:
    source = st.builds(
        tree.Source,
        key=_keys,
        name=_line,
        kind=st.sampled_from(tree.SourceKind),
        act=maybe(_of(acts), None) if acts else st.none(),
        cup=maybe(st.just("D49G14000010009")),
    )
    line = st.builds(
        tree.BudgetLine, key=_keys, title=_line, alliance=maybe(_of(alliances), None) if alliances else st.none()
    )
    sources, lines = draw(keyed(source, 3)), draw(keyed(line, 3))
    cells: tuple[tree.Cell, ...] = ()
    if sources and lines:
        cell = st.builds(
            tree.Cell,
            line=_of([it.key for it in lines]),
            source=_of([it.key for it in sources]),
            partner=maybe(_of(organisations), None) if organisations else st.none(),
            amount=st.integers(0, 10**9).map(lambda cents: f"{cents // 100}.{cents % 100:02d}"),
        )
        cells = draw(several(cell, 4, lambda it: (it.line, it.source, it.partner)))
    limit = draw(st.sampled_from(["20", "0", "12,5", "100", "33.33"]))
    return tree.Budget(shift_limit=limit, sources=sources, lines=lines, cells=cells)


@st.composite
def plans(draw: Any) -> tree.Plan:
    """Plans of every shape the format has."""
    organisations = draw(
        keyed(
            st.builds(
                tree.NamedOrganisation,
                key=_keys,
                name=_line.map(lambda name: name[:200]),
                kind=st.sampled_from(KINDS),
                written=maybe(_line),
            ),
            3,
        )
    )
    named = [it.key for it in organisations]
    alliances = draw(keyed(_alliance(named))) if named else ()
    allied = [it.key for it in alliances]
    acts = draw(
        keyed(
            st.builds(
                tree.Act,
                key=_keys,
                kind=_line,
                number=maybe(_line),
                year=st.integers(1990, 2030),
                date=maybe(_days, None),
                body=maybe(_line),
                title=maybe(_line),
                note=maybe(_text),
            )
        )
    )
    indicators = draw(keyed(_indicator(allied)))
    objective = st.builds(tree.Objective, key=_keys, text=_words, audience=maybe(_line))
    first = draw(_days)
    weight = st.builds(measures.Weight, indicator=_of([it.key for it in indicators]), weight=st.integers(1, 100))
    reward = st.builds(
        measures.Reward,
        amount=st.sampled_from(["108.605,00", "0"]),
        act=maybe(_of([it.key for it in acts]), None) if acts else st.none(),
        threshold=st.sampled_from(["0", "50", "62,5"]),
        weights=several(weight, by=lambda it: it.indicator) if indicators else st.just(()),
        rule=maybe(_text),
    )
    return draw(
        st.builds(
            tree.Plan,
            key=_keys,
            title=_line,
            network_name=maybe(_line),
            starts_on=st.just(first),
            ends_on=st.integers(0, 1200).map(lambda days: first + timedelta(days)),
            source_document=maybe(_line),
            summary=maybe(_text),
            acts=st.just(acts),
            purposes=keyed(st.builds(tree.Purpose, key=_keys, text=_words)),
            context=maybe(_text),
            objectives=keyed(st.builds(tree.ObjectiveCategory, key=_keys, title=_line, objectives=keyed(objective))),
            planning_documents=keyed(
                _span(
                    tree.PlanningDocument,
                    key=_keys,
                    kind=st.sampled_from(["zone_plan", "time_plan", "other"]),
                    title=_line,
                    organisation=maybe(_of(named), None) if named else st.none(),
                    points=several(_words),
                    note=maybe(_text),
                )
            ),
            organisations=st.just(organisations),
            alliances=st.just(alliances),
            activities=keyed(_activity(named, [], [area for area in tree.Area if area != "alliance"])),
            planned_actions=keyed(
                st.builds(
                    tree.PlannedAction,
                    key=_keys,
                    number=_ordinals,
                    title=_line,
                    text=maybe(_text),
                    points=several(_words),
                    responsible=several(_of(named), by=lambda key: key) if named else st.just(()),
                )
            ),
            governance=keyed(
                st.builds(
                    tree.GovernanceLevel,
                    key=_keys,
                    level=_ordinals,
                    name=_line,
                    text=maybe(_text),
                    members=several(_line),
                    meets=maybe(_line),
                )
            ),
            monitoring=keyed(
                st.builds(
                    lambda key, title, since, length: tree.MonitoringPeriod(
                        key=key, title=title, starts_on=since, ends_on=since + timedelta(length)
                    ),
                    _keys,
                    _line,
                    _days,
                    st.integers(0, 400),
                )
            ),
            indicators=st.just(indicators),
            budget=_budget([it.key for it in acts], allied, named),
            reward=maybe(reward, None),
            declared=keyed(_declaration),
        )
    )
