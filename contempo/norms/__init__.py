"""Laws, collective contracts and circulars, with the dates between which they hold.

A *norm* is one article, or one act, as a network cites it: its *address* is where its text is published. It is *in
force* from a day until another; what *replaced* it is a norm too. Coordinators and experts *keep* the registry.
"""
