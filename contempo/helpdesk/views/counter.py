"""The desk types in what somebody asks at the counter or on the phone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from contempo.core.verdict import NotPermitted, Refusal, require
from contempo.helpdesk.access import may_work_at_desk
from contempo.helpdesk.actions.counter import ask_at_counter
from contempo.helpdesk.forms.asking import CounterForm
from contempo.norms.public import contract_choices
from contempo.web.forms import add_refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form of a question, for whoever works at the desk."""
    require(may_work_at_desk(request.actor))
    form = CounterForm(
        request.POST or None,
        request.FILES or None,
        initial={"language": get_language()},
        contracts=contract_choices(request.network.id),
    )
    form.suggest_from(f"{request.network.home_url}comuni/")
    if request.method == "POST" and form.is_valid() and (number := _asked(request, form)):
        messages.success(request, _("Question %(number)s has been written down.") % {"number": number})
        return redirect("helpdesk:desk", network=request.network.slug)
    return render(request, "helpdesk/ask/counter.html", {"form": form})


def _asked(request: HttpRequest, form: CounterForm) -> int | None:
    """The number of the question written down; None when it is refused, with the reason in the form."""
    told = form.cleaned_data
    try:
        return ask_at_counter(
            request.actor,
            asked=form.asked(),
            email=told["email"],
            full_name=told["full_name"],
            uploads=tuple(told["documents"]),
        ).number
    except NotPermitted:
        raise
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
