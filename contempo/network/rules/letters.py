"""What an organisation reads when the agency decides with a reason; the same words are shown before they leave."""

from dataclasses import dataclass

from contempo.core.words import N_


@dataclass(frozen=True)
class Letter:
    """Title and text as message ids, with %(network)s, %(name)s and %(reason)s to be put in."""

    title: str
    text: str

    def written(self, *, network: str, name: str, reason: str) -> "Letter":
        """The letter with everything put in; give it translated to get it translated."""
        return Letter(f"{self.title}: {name}", self.text % {"network": network, "name": name, "reason": reason})


LETTERS: dict[str, Letter] = {
    "ask_changes": Letter(
        N_("Your request needs some changes"),
        N_("The agency of %(network)s writes: “%(reason)s”. Change the answers and send them again."),
    ),
    "refuse": Letter(
        N_("Your request has not been accepted"),
        N_("The agency of %(network)s gives this reason: “%(reason)s”."),
    ),
    "cease": Letter(
        N_("The membership has ended"),
        N_("“%(name)s” is a member of %(network)s no longer. Reason: “%(reason)s”."),
    ),
}
"""By the transition they tell of."""
