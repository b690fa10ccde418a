"""The shared kernel: what every context needs and none owns.

Pure half: clock, workflow, text, identifiers, verdicts. Django half: audit, outbox, jobs, files, search, testing.
"""
