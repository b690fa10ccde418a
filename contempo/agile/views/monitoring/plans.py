"""The agile work plan: read by everybody once adopted, written by human resources."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contempo.agile.access import may_keep
from contempo.agile.actions.monitoring import plans as actions
from contempo.agile.forms.monitoring.plans import ActionForm, AdoptForm, PlanForm, ProgressForm, SectionForm
from contempo.agile.queries.monitoring import documents
from contempo.agile.queries.monitoring import plans as queries
from contempo.agile.queries.opened import OpenedEmployer
from contempo.agile.views.opening import with_employer
from contempo.core import clock
from contempo.web import lists
from contempo.web.documents import pdf, pdf_response
from contempo.web.forms import done

PDF = "pdf"


@require_safe
@with_employer("work_plan")
def work_plan(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """The newest plan, or what a plan is when there is none to read."""
    if found := queries.plans_of(opened):
        return redirect(found[0].url)
    return render(request, "agile/monitoring/no_plan.html", {"opened": opened, "new_url": opened.url("work_plan_new")})


@require_safe
@with_employer("work_plan")
def work_plan_of(request: HttpRequest, opened: OpenedEmployer, year: int) -> HttpResponseBase:
    """A plan with its sections and actions, or its file."""
    page = queries.plan_page(opened, year, today=clock.today())
    if page is None:
        raise Http404
    name, author = f"{_('agile-work-plan')}-{page.years}", opened.employer.organisation.name
    if request.GET.get("formato") == PDF:
        made_at = clock.now()
        return pdf_response(
            pdf(documents.TEMPLATE, documents.document(page, author=author, made_at=made_at), made_at=made_at), name
        )
    if request.GET.get("formato") == "xlsx":
        return lists.export_sheets(documents.sheets(page), name)
    urls = {
        "new_url": opened.url("work_plan_new"),
        "edit_url": opened.url("work_plan_edit", year=year),
        "adopt_url": opened.url("work_plan_adopt", year=year),
    }
    return render(request, "agile/monitoring/plan.html", {"opened": opened, "page": page, **urls})


@require_safe
@with_employer("work_plan")
def plan_actions(request: HttpRequest, opened: OpenedEmployer, year: int) -> HttpResponseBase:
    """The actions of a plan as a list, or as a file."""
    today = clock.today()
    if wanted := lists.export_format(request):
        rows = queries.plan_action_rows(opened, year, request.GET, today=today)
        if rows is None:
            raise Http404
        return lists.export(rows, queries.COLUMNS, wanted, f"{_('agile-work-plan-actions')}-{year}")
    page = queries.plan_actions(opened, year, request.GET, today=today)
    if page is None:
        raise Http404
    context = {"opened": opened, "page": page, "plan_url": opened.url("work_plan_of", year=year)}
    return render(request, "agile/monitoring/plan_actions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("work_plan", may_keep)
def work_plan_new(request: HttpRequest, opened: OpenedEmployer) -> HttpResponse:
    """Begin a plan."""
    year = clock.today().year + 1
    form = PlanForm(request.POST or None, initial={"first_year": year, "last_year": year + 2})

    def save() -> None:
        actions.create_plan(request.actor, employer_id=opened.employer.pk, **form.cleaned_data)

    if done(form, save):
        messages.success(request, _("The draft is there: write its sections."))
        return redirect(opened.url("work_plan_of", year=form.cleaned_data["first_year"]))
    return _form(request, opened, form, _("Begin an agile work plan"), _("Begin the plan"), opened.url("work_plan"))


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("work_plan", may_keep)
def work_plan_edit(request: HttpRequest, opened: OpenedEmployer, year: int) -> HttpResponse:
    """Change title and years of a draft."""
    typed = _there(queries.plan_typed(opened, year))
    form = PlanForm(request.POST or None, initial=typed.initial)

    def save() -> None:
        actions.change_plan(request.actor, employer_id=opened.employer.pk, year=year, **form.cleaned_data)

    if done(form, save):
        messages.success(request, _("Saved."))
        return redirect(opened.url("work_plan_of", year=form.cleaned_data["first_year"]))
    return _form(request, opened, form, _("Title and years"), _("Save the plan"), _plan_url(opened, year))


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("work_plan", may_keep)
def work_plan_adopt(request: HttpRequest, opened: OpenedEmployer, year: int) -> HttpResponse:
    """Say by which act a plan was adopted."""
    _there(queries.plan_typed(opened, year))
    form = AdoptForm(request.POST or None)

    def save() -> None:
        actions.adopt_plan(request.actor, employer_id=opened.employer.pk, year=year, **form.cleaned_data)

    if done(form, save):
        messages.success(request, _("The plan is adopted: everybody can read it now."))
        return redirect(_plan_url(opened, year))
    lead = _("From now on everybody reads the plan, and its words stay. You go on recording how far its actions are.")
    return _form(
        request, opened, form, _("Adopt the plan"), _("Adopt the plan and publish it"), _plan_url(opened, year), lead
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("work_plan", may_keep)
def plan_section(request: HttpRequest, opened: OpenedEmployer, year: int, section: str) -> HttpResponse:
    """Write the text of a section."""
    typed = _there(queries.section_typed(opened, year, section))
    form = SectionForm(request.POST or None, initial=typed.initial)

    def save() -> None:
        actions.write_section(
            request.actor, employer_id=opened.employer.pk, year=year, section=section, **form.cleaned_data
        )

    if done(form, save):
        messages.success(request, _("Saved."))
        return redirect(f"{_plan_url(opened, year)}#{section}")
    return _form(request, opened, form, typed.title, _("Save the section"), _plan_url(opened, year))


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("work_plan", may_keep)
def plan_action_new(request: HttpRequest, opened: OpenedEmployer, year: int) -> HttpResponse:
    """Add an action."""
    _there(queries.plan_typed(opened, year))
    wanted = {"section": request.GET.get("sezione", "")}
    form = ActionForm(request.POST or None, initial=wanted, units=queries.units_to_choose(opened))

    def save() -> None:
        actions.add_action(request.actor, employer_id=opened.employer.pk, year=year, written=form.written())

    if done(form, save):
        messages.success(request, _("The action is in the plan."))
        return redirect(f"{_plan_url(opened, year)}#{form.cleaned_data['section']}")
    return _form(request, opened, form, _("Add an action"), _("Add the action"), _plan_url(opened, year))


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("work_plan", may_keep)
def plan_action(request: HttpRequest, opened: OpenedEmployer, year: int, action_id: int) -> HttpResponse:
    """Change an action of a draft; of an adopted plan, how far it is."""
    typed = _there(queries.action_typed(opened, year, action_id))
    where: dict[str, Any] = {"employer_id": opened.employer.pk, "year": year, "action_id": action_id}
    form: Any
    if typed.draft:
        form = ActionForm(request.POST or None, initial=typed.initial, units=queries.units_to_choose(opened))
    else:
        form = ProgressForm(request.POST or None, initial=typed.initial)

    def save() -> None:
        if typed.draft:
            actions.change_action(request.actor, written=form.written(), **where)
        else:
            actions.record_progress(request.actor, **where, **form.cleaned_data)

    if done(form, save):
        messages.success(request, _("Saved."))
        return redirect(_plan_url(opened, year))
    title = _("Change the action") if typed.draft else _("How far the action is")
    return _form(request, opened, form, title, _("Save the action"), _plan_url(opened, year), typed.title)


@require_POST
@with_employer("work_plan", may_keep)
def plan_action_move(request: HttpRequest, opened: OpenedEmployer, year: int, action_id: int) -> HttpResponse:
    """Move an action one place up or down."""
    up = request.POST.get("verso") == "su"
    moved = actions.move_action(request.actor, employer_id=opened.employer.pk, year=year, action_id=action_id, up=up)
    return redirect(f"{_plan_url(opened, year)}#{moved.section}")


@require_http_methods(["GET", "HEAD", "POST"])
@with_employer("work_plan", may_keep)
def plan_action_drop(request: HttpRequest, opened: OpenedEmployer, year: int, action_id: int) -> HttpResponse:
    """Take an action out of a draft, once more asked."""
    typed = _there(queries.action_typed(opened, year, action_id))
    if request.method == "POST":
        title = actions.drop_action(request.actor, employer_id=opened.employer.pk, year=year, action_id=action_id)
        messages.success(request, _("“%(action)s” is no longer in the plan.") % {"action": title})
        return redirect(_plan_url(opened, year))
    context = {"opened": opened, "typed": typed, "plan_url": _plan_url(opened, year)}
    return render(request, "agile/monitoring/plan_drop.html", context)


def _there(typed: queries.Typed | None) -> queries.Typed:
    if typed is None:
        raise Http404
    return typed


def _plan_url(opened: OpenedEmployer, year: int) -> str:
    return opened.url("work_plan_of", year=year)


def _form(
    request: HttpRequest, opened: OpenedEmployer, form: forms.Form, title: str, submit: str, back: str, lead: str = ""
) -> HttpResponse:
    context = {"opened": opened, "form": form, "title": title, "submit": submit, "back": back, "lead": lead}
    return render(request, "agile/monitoring/plan_form.html", context)
