"""Surveys of a network, for the matrix to ask about."""

from contempo.network.models import Network, Organisation
from contempo.people.models import Person
from contempo.questionnaires.access import code_of
from contempo.questionnaires.actions.practices import consent_token
from contempo.questionnaires.models import Campaign, Code, Extract, Practice, SavedTable
from contempo.questionnaires.rules.doors import Door
from contempo.questionnaires.rules.extracts import ExtractState, FileKind
from contempo.questionnaires.rules.states import (
    CampaignState,
    InvitationState,
    Mode,
    Origin,
    PracticeState,
    ResponseState,
    UnitKind,
    VersionState,
)
from contempo.questionnaires.tests.answering.people import attachment_of_answer
from contempo.questionnaires.tests.factories import (
    SENT,
    CampaignFactory,
    DelegateFactory,
    InvitationFactory,
    QuestionnaireFactory,
    ResponseFactory,
    TargetFactory,
    VersionFactory,
    answer,
)

Parts = dict[str, dict[str, object]]


def survey_parts(network: Network, organisation_id: object, cast: dict[str, Person]) -> Parts:
    """A campaign with name that takes answers, whose delegate is the organisation of the cast; one in preparation; one
    of the staff of that organisation, kept by its human resources; one with a public link; one closed with public
    results.
    """
    organisation = Organisation.objects.get(pk=organisation_id)
    questionnaire = QuestionnaireFactory(network=network)
    version = VersionFactory(questionnaire=questionnaire)
    written = QuestionnaireFactory(network=network)
    VersionFactory(questionnaire=written, state=VersionState.DRAFT.value, digest="", published_at=None)
    taking = CampaignFactory(version=version)
    draft = CampaignFactory(version=version, state=CampaignState.DRAFT.value)
    staff = CampaignFactory(
        version=version,
        organisation=organisation,
        mode=Mode.CONFIDENTIAL.value,
        unit_kind=UnitKind.PERSON.value,
    )
    public = CampaignFactory(
        version=version, mode=Mode.ANONYMOUS.value, public_link=True, public_key=f"chiave-{network.slug}"
    )
    closed = CampaignFactory(version=version, state=CampaignState.CLOSED.value, results_public=True)
    target = TargetFactory(campaign=taking, organisation=organisation, key=f"organisation:{organisation.pk}")
    delegate = DelegateFactory(campaign=taking, organisation=organisation)
    invitation = InvitationFactory(campaign=taking, target=target, delegate=delegate)
    done = TargetFactory(campaign=taking)
    sent = InvitationFactory(campaign=taking, target=done)
    given = answer(sent)
    begun = InvitationFactory(campaign=taking, target=TargetFactory(campaign=taking), state=InvitationState.BEGUN.value)
    half = ResponseFactory(campaign=taking, invitation=begun, state=ResponseState.BEGUN.value)
    proof = attachment_of_answer(half)
    answer(InvitationFactory(campaign=closed, target=TargetFactory(campaign=closed)))
    about, writing = {"campaign": taking.number}, {"form": written.number}
    told = _practice(taking, PracticeState.PUBLISHED)
    found = {**about, "practice": _practice(taking, PracticeState.FOUND).pk}
    past, aggregates = (
        CampaignFactory(version=version, state=CampaignState.CLOSED.value, origin=origin.value)
        for origin in (Origin.IMPORTED, Origin.AGGREGATES)
    )
    return {
        "survey_form": {"form": questionnaire.number},
        "survey_version": {"form": questionnaire.number, "version": version.number},
        "survey_written": writing,
        "survey_page": {**writing, "key": "who"},
        "survey_group": {**writing, "key": "services"},
        "survey_question": {**writing, "key": "workers"},
        "survey_campaign": about,
        "survey_draft": {"campaign": draft.number},
        "survey_staff": {"campaign": staff.number},
        "survey_public": {"campaign": public.number},
        "survey_public_link": {"key": public.public_key},
        "survey_closed": {"campaign": closed.number},
        "survey_target": {**about, "target": target.pk},
        "survey_delegate": {**about, "delegate": delegate.pk},
        "survey_invitation": {**about, "invitation": invitation.pk},
        "survey_step": {**about, "invitation": invitation.pk, "step": "refuse"},
        "survey_link": {"code": code_of(invitation)},
        "survey_door": {"door": Door(code_of(invitation))},
        "survey_begun": {"door": Door(code_of(begun))},
        "survey_begun_page": {"door": Door(code_of(begun)), "page": 1},
        "survey_begun_file": {"door": Door(code_of(begun)), "file": proof.pk},
        "survey_sent": {"door": Door(code_of(sent))},
        "survey_practice": {"practice": told.pk},
        "survey_consent": {"token": consent_token(told.pk)},
        "survey_practice_found": found,
        "survey_practice_step": {**found, "step": "ask"},
        "survey_response": {**about, "response": given.pk},
        "survey_response_file": {**about, "response": half.pk, "file": proof.pk},
        "survey_table": {**about, "table": _table(taking).pk},
        "survey_text": {**about, "question": "notes"},
        "survey_code": {**about, "question": "notes", "code": _code(taking).pk},
        "survey_data": {**about, "kind": "csv"},
        "survey_extract": {**about, "extract": _extract(taking, cast["coordinator"]).pk},
        "survey_past": {"campaign": past.number},
        "survey_aggregates": {"campaign": aggregates.number},
    }


def _table(campaign: Campaign) -> SavedTable:
    """A table kept of a campaign."""
    return SavedTable.objects.create(campaign=campaign, title="Orario flessibile", spec={"rows": "q.flexible"})


def _code(campaign: Campaign) -> Code:
    """A code of a text of a campaign."""
    return Code.objects.create(questionnaire=campaign.questionnaire, question="notes", label="orari")


def _extract(campaign: Campaign, person: Person) -> Extract:
    """A file of a campaign made for a person, ready to be taken."""
    extract = Extract.objects.create(
        campaign=campaign, kind=FileKind.CSV.value, state=ExtractState.READY.value, asked_by=person, asked_at=SENT
    )
    extract.path.parent.mkdir(parents=True, exist_ok=True)
    extract.path.write_bytes(b"row")
    return extract


def _practice(campaign: Campaign, state: PracticeState) -> Practice:
    """A good practice told in a campaign."""
    return Practice.objects.create(
        campaign=campaign,
        title="Nido in azienda",
        text="Un nido per i figli di chi lavora.",
        email="forno@example.org",
        state=state.value,
        created_at=SENT,
        published_at=SENT if state == PracticeState.PUBLISHED else None,
    )
