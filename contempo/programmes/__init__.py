"""What a network does in a period: the plan, its alliances, its indicators and its money.

Vocabulary: a *plan* covers a period and rests on *acts*; *objectives* stand in categories; *planning documents* are
what it integrates. A *local alliance* is a *lead* with *partners*, each with a role; its work is *phases* and
*activities*, its promises *results*. An *indicator* has a *target* and, for each *monitoring period*, *measurements*:
computed from a *source* of records or entered with *evidence*; closing the period *seals* them. The *budget* is a
matrix of *lines* and *sources* of funds whose cells are *allocations*; a *revision* moves money between them. A
partner's *claim* lists *expenses* with documents; they are controlled, accepted, and *paid*, less the *advance*
received before. What a document *declares* is checked by the auditor, which reports *findings* and corrects nothing.
"""
