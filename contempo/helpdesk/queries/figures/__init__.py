"""The figures of the desk: counted, published, shown, handed out as files."""
