"""The 48-hour desk and the catalogue of information.

A *question* reaches the *desk* (Sportello) from an *asker*; an *expert* takes it, and a *promise* says by when the
answer is due. The *policy* of a network says what it promises. A *pause* is time in which the asker's details are
awaited. A *counterpart* is an organisation the asker is in dispute with. The *catalogue* holds *entries*: anonymised
answers, revised and approved. An *unmet need* is a search that found nothing.
"""
