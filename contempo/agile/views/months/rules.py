"""The rules of an employer: read by everybody, kept by human resources."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.agile.access import may_keep
from contempo.agile.actions.months.policies import publish_policy
from contempo.agile.forms.months import PolicyForm
from contempo.agile.queries.months import rules as queries
from contempo.agile.queries.months.finding import month_name
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.rules import policy as policies
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.core.verdict import NotPermitted, Refusal
from contempo.web.forms import add_refusal


@require_safe
@with_employer("policy")
def policy(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The rules that hold, in plain words."""
    page = queries.rules_page(opened, clock.today())
    return render(request, "agile/months/policy.html", {"opened": opened, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("policy", may=may_keep)
def policy_new(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """New rules, with a preview of the dates they give."""
    newest = queries.newest_policy(opened.employer)
    rules = policies.read(newest.document) if newest else policies.proposed()
    first_month = policies.next_month(clock.today())
    form = PolicyForm(request.POST or None, rules=rules, initial={"first_month": f"{first_month:%Y-%m}"})
    preview, shown = list(queries.dated(rules, first_month)), first_month
    if form.is_valid():
        try:
            written, shown = form.policy(), form.cleaned_data["first_month"]
            preview = list(queries.dated(written, shown))
            if "preview" not in request.POST:
                note = form.cleaned_data["note"]
                publish_policy(
                    request.actor, employer_id=opened.employer.pk, rules=written, first_month=shown, note=note
                )
                messages.success(request, _("The rules are published."))
                return redirect(opened.url("policy"))
        except NotPermitted:
            raise
        except Refusal as refusal:
            add_refusal(form, _beside(refusal))
    context = {"opened": opened, "form": form, "preview": preview, "month": month_name(shown), "first": newest is None}
    return render(request, "agile/months/policy_new.html", context)


def _beside(refusal: Refusal) -> Refusal:
    """The same refusal beside the field that the form has for it."""
    field = refusal.field or ""
    if field in policies.proposed().moments:
        field = f"{field}_day"
    elif field in ("presence", "classes", "windows", "verified"):
        field = {"presence": "presence_0", "classes": "class_health", "verified": "class_health"}.get(field, "")
    return Refusal(refusal.reason, field=field or None, **refusal.params)
