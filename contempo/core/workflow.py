"""Workflows as data: which states there are, who may move from one to another, how each is shown. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_

TONES = frozenset({"neutral", "info", "success", "warning", "danger"})


@dataclass(frozen=True)
class Look:
    """How a state is shown: a word, a tone and an icon, so that nothing is told by colour alone.

    `label` is a message id, `tone` one of `TONES`, `icon` the name of a design-system icon.
    """

    label: str
    tone: str
    icon: str

    def __post_init__(self) -> None:
        if self.tone not in TONES:
            raise ValueError(f"{self.tone!r} is not a tone: {sorted(TONES)}")


@dataclass(frozen=True)
class Transition:
    """One step: from any of `sources` to `target`, by whoever is one of `who`; `label` is the verb on the button."""

    name: str
    sources: tuple[str, ...]
    target: str
    label: str
    who: frozenset[str]


@dataclass(frozen=True)
class Workflow:
    """A table of states and steps; a table that contradicts itself is refused when the module is imported."""

    name: str
    initial: str
    looks: Mapping[str, Look]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        named = {self.initial} | {state for step in self.transitions for state in (*step.sources, step.target)}
        if unknown := named - set(self.looks):
            raise ValueError(f"{self.name}: states without a look: {sorted(unknown)}")
        if unreachable := set(self.looks) - self._reachable():
            raise ValueError(f"{self.name}: states nothing leads to: {sorted(unreachable)}")
        pairs = [(step.name, source) for step in self.transitions for source in step.sources]
        if doubled := {pair for pair in pairs if pairs.count(pair) > 1}:
            raise ValueError(f"{self.name}: the same step twice from one state: {sorted(doubled)}")

    def _reachable(self) -> set[str]:
        reached, grown = {self.initial}, True
        while grown:
            targets = {step.target for step in self.transitions if reached.intersection(step.sources)}
            grown = not targets <= reached
            reached |= targets
        return reached

    def available(self, state: str, whos: Iterable[str]) -> tuple[Transition, ...]:
        """The steps from `state` open to someone who is any of `whos`, in the order of the table."""
        held = frozenset(whos)
        return tuple(step for step in self.transitions if state in step.sources and not held.isdisjoint(step.who))

    def move(self, state: str, name: str, whos: Iterable[str]) -> str:
        """The state after step `name` from `state`.

        Raises `Refusal` when no such step leaves `state` (someone else was quicker, or the page was old) and
        `NotPermitted` when it exists but is nobody's of `whos`.
        """
        held = frozenset(whos)
        for step in self.transitions:
            if step.name == name and state in step.sources:
                if held.isdisjoint(step.who):
                    raise NotPermitted(N_("This step is up to somebody else."))
                return step.target
        raise Refusal(N_("This step is no longer possible: something changed in the meantime. Open the page again."))

    def mermaid(self) -> str:
        """The workflow as a Mermaid state diagram, for the documentation."""
        final = [state for state in self.looks if not any(state in step.sources for step in self.transitions)]
        return "\n".join(
            [
                "stateDiagram-v2",
                *(f'    state "{look.label}" as {state}' for state, look in self.looks.items()),
                f"    [*] --> {self.initial}",
                *(
                    f"    {source} --> {step.target}: {step.label}"
                    for step in self.transitions
                    for source in step.sources
                ),
                *(f"    {state} --> [*]" for state in final),
            ]
        )
