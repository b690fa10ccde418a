"""Persons: who they are, how they sign in, what they may act as, what they are told.

Vocabulary: a *person* signs in with an e-mail address; a *role* is held in a network or for an organisation; an
*actor* is a person in one network at one moment, perhaps *acting for* an organisation; an *invitation* offers a role.
"""
