"""The plan as a whole: the tree of a plan file, and how it is read, written and compared."""
