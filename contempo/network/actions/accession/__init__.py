"""Writing accession requests: the draft, the moves between states, the signature, what leaves by itself."""
