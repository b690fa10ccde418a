"""Mail that waits for a coordinator: the list, one message, the decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core.verdict import Refusal
from contempo.helpdesk.actions.mail.deciding import Decided, decide_mail
from contempo.helpdesk.forms.mail import MailForm
from contempo.helpdesk.queries import mail as queries
from contempo.helpdesk.rules.asking import Capacity
from contempo.helpdesk.rules.mail.decisions import Decision
from contempo.helpdesk.rules.topics import Topic
from contempo.web import lists
from contempo.web.forms import add_refusal


@login_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponseBase:
    """Mail that waits, or the same as a file."""
    asked = {"network": request.network.slug, "params": request.GET}
    if file_format := lists.export_format(request):
        return lists.export(queries.every_mail(request.actor, **asked), queries.COLUMNS, file_format, _("mail"))
    return render(request, "helpdesk/mail/list.html", {"page": queries.mail_list(request.actor, **asked)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One message, and what is done with it."""
    card = queries.mail_card(request.actor, mail_id)
    if card is None:
        raise Http404
    form = MailForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            decide_mail(request.actor, mail_id=mail_id, decided=_decided(form.cleaned_data))
        except Refusal as refusal:
            if refusal.field is None:
                raise
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The decision about the e-mail is kept."))
            return redirect("helpdesk:mails", network=request.network.slug)
    return render(request, "helpdesk/mail/mail.html", {"card": card, "form": form})


def _decided(data: dict[str, Any]) -> Decided:
    return Decided(
        decision=Decision(data["decision"]),
        reason=data["reason"],
        number=data["number"],
        by_asker=data["by_asker"],
        topic=data["topic"] or Topic.OTHER,
        capacity=data["capacity"] or Capacity.OTHER,
    )


@login_required
@require_safe
def raw_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """The message as it came: a file that no browser opens by itself."""
    data = queries.mail_bytes(request.actor, mail_id)
    if data is None:
        raise Http404
    return HttpResponse(
        data,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{mail_id}.eml"', "Cache-Control": "private, no-store"},
    )
