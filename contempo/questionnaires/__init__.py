"""Questionnaires: surveys of a network, their campaigns, and what is read from them."""
