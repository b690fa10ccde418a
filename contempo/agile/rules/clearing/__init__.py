"""The clearing of the bank of days: who gets how many of the days that are left. See
docs/algorithms/bank-of-days.md."""

from contempo.agile.rules.clearing.claims import Claims, Supply, gathered
from contempo.agile.rules.clearing.reasons import End, Phrase, PoolKind, Why, ended, explained
from contempo.agile.rules.clearing.rule import Result, clear
from contempo.agile.rules.clearing.summary import Line, Summary, summed
from contempo.agile.rules.clearing.ties import pseudonym, seed_hash, ties

__all__ = [
    "Claims",
    "End",
    "Line",
    "Phrase",
    "PoolKind",
    "Result",
    "Summary",
    "Supply",
    "Why",
    "clear",
    "ended",
    "explained",
    "gathered",
    "pseudonym",
    "seed_hash",
    "summed",
    "ties",
]
