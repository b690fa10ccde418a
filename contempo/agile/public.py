"""What other contexts may use of agile work."""

from contempo.agile.rules.opinions import Opinion, OpinionScope, OpinionSource, Topic, register_opinion_source

__all__ = ["Opinion", "OpinionScope", "OpinionSource", "Topic", "register_opinion_source"]
