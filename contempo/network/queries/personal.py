"""What the network context holds about one person, for the download of one's own data."""

from django.contrib.auth import get_user_model

from contempo.network.models import AccessionRequest, Contact, Signature


def personal_data(person_id: int) -> dict[str, object]:
    """Requests sent, signatures given and the contacts under the person's address; three SQL and the address.

    Anybody may call themselves as they like: only the address, which was verified, says that a contact is the person.
    """
    email = get_user_model().objects.filter(pk=person_id).values_list("email", flat=True).first()
    requests = AccessionRequest.objects.filter(applicant_id=person_id).select_related("network").order_by("id")
    signatures = Signature.objects.filter(signer_id=person_id).select_related("organisation").order_by("id")
    contacts = Contact.objects.filter(email__iexact=email).select_related("organisation") if email else ()
    return {
        "accession_requests": [
            {
                "network": request.network.name,
                "number": request.number,
                "organisation": request.name,
                "state": request.state,
                "begun_at": request.created_at,
                "submitted_at": request.submitted_at,
                "answers": request.answers,
            }
            for request in requests
        ],
        "signatures": [
            {
                "organisation": signature.organisation.name,
                "signed_at": signature.signed_at,
                "method": signature.method,
                "statement": signature.statement,
            }
            for signature in signatures
        ],
        "contacts": [
            {
                "organisation": contact.organisation.name,
                "position": contact.position,
                "email": contact.email,
                "phone": contact.phone,
            }
            for contact in contacts
        ],
    }
