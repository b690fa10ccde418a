"""Messages written where no framework may be imported."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark `message` for the translation catalogue and return it unchanged; whoever shows it translates it."""
    return message
