"""What a table of a past survey tells of who answered, beside the answers. Pure.

Questions of the same table are called by their own keys, which begin with a letter: these begin with “_”.
"""

NUMBER = "_number"
COMPLETED = "_completed"
KIND = "_kind"
SIZE = "_size"
MUNICIPALITY = "_municipality"
STRATUM = "_stratum"

ATTRIBUTES = {KIND: "kind", SIZE: "size", STRATUM: "stratum"}
"""The attributes of a response that are kept as they are told."""

ABOUT_WHO = frozenset({NUMBER, COMPLETED, MUNICIPALITY, *ATTRIBUTES})
"""All of them: what is none of these is an answer."""
