"""What the network context holds about one person, for the download of one's own data."""

from contempo.network.models import AccessionRequest, Contact, Signature
from contempo.people.public import names


def personal_data(person_id: int) -> dict[str, object]:
    """Requests sent, signatures given and the contacts under the person's name; three SQL and the name."""
    name = names([person_id]).get(person_id, "")
    requests = AccessionRequest.objects.filter(applicant_id=person_id).select_related("network").order_by("id")
    signatures = Signature.objects.filter(signer_id=person_id).select_related("organisation").order_by("id")
    contacts = Contact.objects.filter(full_name=name).select_related("organisation") if name else ()
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
