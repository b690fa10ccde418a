"""The front of the house: homes of networks, presentation, contacts, search, one's desk, legal notes.

Vocabulary: the *desk* is the page on which a signed-in person finds what awaits them; *cards* come from the contexts.
"""
