"""How topics of practices and types of need are called."""

from django.utils.translation import gettext

from contempo.questionnaires.rules.needs import NEED_LABELS


def topic_name(tag: str) -> str:
    """The words of a tag in the language of the reader; a tag of a questionnaire of its own is shown as it is."""
    label = NEED_LABELS.get(tag)
    return gettext(label) if label else tag.replace("_", " ").capitalize()
