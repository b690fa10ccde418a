"""A clearing made again from its file, and compared with what the file says came out."""

from dataclasses import dataclass

from contempo.agile.rules.clearing.claims import Claims
from contempo.agile.rules.clearing.file import Bank
from contempo.agile.rules.clearing.hashes import code_hash, result_hash
from contempo.agile.rules.clearing.reasons import Phrase
from contempo.agile.rules.clearing.rule import Result, clear
from contempo.agile.rules.clearing.ties import seed_hash
from contempo.core.words import N_


@dataclass(frozen=True)
class Redone:
    """The result made again, None when it could not be; `problems` say what is not as the file says; `same_code`
    whether the code of this machine is the one that made the file.
    """

    result: Result | None
    problems: tuple[Phrase, ...]
    same_code: bool


def redone(bank: Bank, claims: Claims) -> Redone:
    """Clear again what a file holds. Other code need not be wrong: only another result is."""
    same = bank.code_hash == code_hash()
    if not bank.seed:
        return Redone(
            None, (Phrase(N_("The seed has not been revealed yet: without it nothing can be made again.")),), same
        )
    problems = []
    if seed_hash(bytes.fromhex(bank.seed)) != bank.seed_hash:
        problems.append(Phrase(N_("The seed is not the one whose hash was published before the requests closed.")))
    try:
        result = clear(claims, bank.supply, bytes.fromhex(bank.seed))
    except ValueError:
        return Redone(None, (*problems, Phrase(N_("More days are held than the pools have."))), same)
    if not bank.result_hash:
        problems.append(Phrase(N_("The file does not say what came out: there is nothing to compare with.")))
    elif result_hash(result) != bank.result_hash:
        problems.append(Phrase(N_("The result is another than the one that was published.")))
    return Redone(result, tuple(problems), same)
