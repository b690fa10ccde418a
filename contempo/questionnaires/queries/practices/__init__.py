"""Good practices: the library, and those of one campaign."""
