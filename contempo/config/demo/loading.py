"""The demo as a whole: what there is already stays as it is, the rest is loaded in one go or not at all."""

from collections.abc import Callable

from django.conf import settings
from django.db import transaction

from contempo.config.demo import facts
from contempo.config.demo.agile import load_agile
from contempo.config.demo.cast import Cast
from contempo.config.demo.knowledge import load_catalogue, load_norms, set_desk
from contempo.config.demo.networks import opened
from contempo.config.demo.organisations import load_partners, load_signatories
from contempo.config.demo.plans import load_plans
from contempo.config.demo.questions import load_questions
from contempo.config.demo.readers import load_experts, load_readers
from contempo.config.demo.requests import load_requests
from contempo.config.demo.surveys import load_surveys
from contempo.config.installation import Unusable
from contempo.network.actions.reference import load_municipalities
from contempo.network.public import network_by_slug
from contempo.people.public import SYSTEM


def load(say: Callable[[str], object]) -> None:
    """Load every network of `demo/` that is not there yet, telling `say` a line for each step.

    Raises Unusable when this installation is not for trying.
    """
    _check_installation()
    wanted = [folder.name for folder in facts.networks() if network_by_slug(folder.name) is None]
    if not wanted:
        say("The demo is loaded already: nothing to do.")
        return
    with transaction.atomic():
        cast = Cast()
        say(f"{load_municipalities(SYSTEM)} municipalities")
        for slug in wanted:
            stage = opened(slug, cast)
            set_desk(stage)
            norms = load_norms(stage)
            say(f"{slug}: {len(norms)} norms, {load_catalogue(stage, norms)} entries of the catalogue")
            say(f"{slug}: {load_signatories(stage)} signatories, {load_partners(stage)} partners of alliances")
            say(f"{slug}: {load_requests(stage)} accession requests")
            say(f"{slug}: {load_experts(stage)} experts, {load_questions(stage, norms)} questions to the desk")
            say(f"{slug}: {load_readers(stage)} searches and opinions of readers")
            say(f"{slug}: {load_plans(stage)} plans")
            say(f"{slug}: {load_agile(stage)} workers and their agile work")
            say(f"{slug}: {load_surveys(stage)} answers to questionnaires")
        cast.everybody()


def _check_installation() -> None:
    if not settings.DEMO:
        raise Unusable("The demo is loaded only where CONTEMPO_DEMO=1 says that the installation is for trying.")
    if settings.SMTP_URL:
        raise Unusable("The demo is not loaded where SMTP_URL is set: its invented persons would be written to.")
