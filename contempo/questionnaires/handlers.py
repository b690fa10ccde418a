"""What questionnaires do after what happened. Safe to run twice."""


def listen_to_questionnaires() -> None:
    """Hear of what is to be sent and shared; called once when the application starts."""
