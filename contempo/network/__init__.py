"""Territorial networks and the organisations that make them.

Vocabulary: a *network* gathers the organisations of a territory under a *territorial agreement*; its *registry* lists
every *organisation* it knows, member or not; an *accession request* is how an organisation asks to join and carries
the *profile form*; once *admitted* it *signs* the agreement in force and becomes a *member*. The *agency* is the
network's own staff, the coordinators.
"""
