"""Erasing what has been kept as long as it may. Safe to run twice."""

from django.db.models import F, Max

from contempo.core import audit, clock, files
from contempo.core.action import action
from contempo.core.files import Attachment
from contempo.core.verdict import require
from contempo.network.access import may_run_installation
from contempo.network.models import AccessionRequest, Contact, Organisation, Signature
from contempo.network.rules.accession import State
from contempo.network.rules.retention import CONTACT_KEPT, ENDED_REQUEST_KEPT, ENDED_WITHOUT_MEMBER, SIGNATURE_KEPT
from contempo.people.public import Actor

BATCH = 500
_WHO = ("applicant", "name", "search_name", "core_name", "tax_code", "application")
_FILE = ("name", "uploaded_by")
_CONTACT = ("full_name", "position", "email", "phone")


@action
def erase_ended_requests(actor: Actor) -> int:
    """Erase requests refused or withdrawn long ago, documents and kept versions included; tells how many."""
    require(may_run_installation(actor))
    over = AccessionRequest.objects.filter(
        state__in=ENDED_WITHOUT_MEMBER, state_since__lt=clock.now() - ENDED_REQUEST_KEPT
    )
    keys = list(over.select_for_update(skip_locked=True).order_by("id").values_list("id", flat=True)[:BATCH])
    _erase_requests(keys)
    return len(keys)


@action
def erase_old_signatures(actor: Actor) -> int:
    """Erase signatures of memberships that ended long ago, with their requests and copies; tells how many."""
    require(may_run_installation(actor))
    over = AccessionRequest.objects.filter(state=State.CEASED, state_since__lt=clock.now() - SIGNATURE_KEPT)
    keys = list(over.select_for_update(skip_locked=True).order_by("id").values_list("id", flat=True)[:BATCH])
    signatures = list(Signature.objects.filter(request__in=keys).values_list("id", flat=True))
    Signature.objects.filter(id__in=signatures).delete()
    audit.forget(Signature, signatures, fields=("signer_name",))
    _erase_requests(keys)
    return len(keys)


@action
def erase_old_contacts(actor: Actor) -> int:
    """Erase the contacts of organisations that left long ago, kept versions included; tells how many."""
    require(may_run_installation(actor))
    left = (
        Organisation.objects.filter(member_since__isnull=True)
        .annotate(ended=Max(F("memberships__until")))
        .filter(ended__lt=clock.today() - CONTACT_KEPT)
    )
    keys = list(Contact.objects.filter(organisation__in=left.values("id")).values_list("id", flat=True)[:BATCH])
    Contact.objects.filter(id__in=keys).delete()
    audit.forget(Contact, keys, fields=_CONTACT)
    return len(keys)


def _erase_requests(keys: list[int]) -> None:
    for key in keys:
        documents = [document.key for document in files.attachments_of("accession", key)]
        files.discard_all(owner_kind="accession", owner_id=key)
        audit.forget(Attachment, documents, fields=_FILE)
    AccessionRequest.objects.filter(id__in=keys).delete()
    audit.forget(AccessionRequest, keys, fields=_WHO)
