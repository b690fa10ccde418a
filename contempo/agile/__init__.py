"""Agile (remote) work of an employer of the network: mapping, agreements, the month and the bank of days.

Vocabulary: an *employer* is an organisation that runs agile work here; its *units* are *directorates*, *areas* and
*offices*; a *worker* is somebody of its staff. *Activities* of a unit are *assessed* against published *criteria*; the
*shares* of a worker in them say whether the worker is *eligible*. An *agreement* is the individual one of Law 81/2017.
A *month* has *windows*; each directorate has a *budget* of agile days, each worker an *account*. The *ledger* moves
days between accounts and *pools*; *clearing* gives the days of the pools to who asked for them; an *appeal* may have it
done again. A *planned day* is a date with its place.
"""
