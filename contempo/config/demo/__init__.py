"""The demo network: the facts of `demo/`, replayed at their dates through the same actions people use.

Vocabulary: the *cast* are the invented persons; a *stage* is a network while it is being loaded.
"""

from contempo.config.demo.cast import SignIn, sign_ins
from contempo.config.demo.loading import load

__all__ = ["SignIn", "load", "sign_ins"]
