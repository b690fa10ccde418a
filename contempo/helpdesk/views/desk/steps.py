"""What is done with a question besides answering it: one address for each thing, with what must be written for it."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from contempo.core.verdict import require
from contempo.helpdesk.actions.answering import add_note, ask_details, end_reading
from contempo.helpdesk.actions.classifying import classify
from contempo.helpdesk.actions.dispatch import merge, out_of_scope
from contempo.helpdesk.actions.passing import pass_on, split
from contempo.helpdesk.actions.routing import assign
from contempo.helpdesk.actions.taking import release
from contempo.helpdesk.forms import desk as desk_forms
from contempo.helpdesk.forms.asking import ClassifyForm
from contempo.helpdesk.queries import reading
from contempo.helpdesk.queries.experts import assignable
from contempo.helpdesk.queries.working import Brief, Classified, brief
from contempo.helpdesk.views.desk.questions import to_question, with_question
from contempo.network.public import open_networks
from contempo.norms.public import contract_choices
from contempo.web.forms import done


@dataclass(frozen=True)
class Step:
    """A step: its form, its action, what allows it, and the words of its page."""

    form: type[forms.Form]
    act: Callable[..., object]
    allowed: str
    title: Promise
    lead: Promise
    submit: Promise
    told: Promise
    tone: str = "primary"


STEPS: Mapping[str, Step] = {
    "note": Step(
        desk_forms.NoteForm,
        add_note,
        "note",
        gettext_lazy("Write an internal note"),
        gettext_lazy("Only experts without a conflict of interest and coordinators read it."),
        gettext_lazy("Keep the note"),
        gettext_lazy("The note is kept: only the desk reads it."),
    ),
    "details": Step(
        desk_forms.DetailsForm,
        ask_details,
        "ask_details",
        gettext_lazy("Ask for details"),
        gettext_lazy("The clock stands still until they come; the asker reads why."),
        gettext_lazy("Ask the asker"),
        gettext_lazy("The asker has been asked: the clock stands still."),
    ),
    "release": Step(
        desk_forms.ReleaseForm,
        release,
        "release",
        gettext_lazy("Give the question back"),
        gettext_lazy("The desk proposes it to somebody else. The promised time does not change."),
        gettext_lazy("Give it back"),
        gettext_lazy("The question is with the desk again."),
    ),
    "out_of_scope": Step(
        desk_forms.OutOfScopeForm,
        out_of_scope,
        "out_of_scope",
        gettext_lazy("Not for this desk"),
        gettext_lazy("The question ends here. The asker reads why, and who answers it."),
        gettext_lazy("Tell the asker where to turn"),
        gettext_lazy("The asker has been told where to turn."),
        "danger",
    ),
    "merge": Step(
        desk_forms.MergeForm,
        merge,
        "merge",
        gettext_lazy("Join to another question"),
        gettext_lazy("One answer reaches both: this page will point to the other question."),
        gettext_lazy("Join the questions"),
        gettext_lazy("The questions are joined: one answer reaches both."),
    ),
    "split": Step(
        desk_forms.SplitForm,
        split,
        "split",
        gettext_lazy("Split into several questions"),
        gettext_lazy(
            "This question stays; each one taken out of it gets a number of its own and keeps the promised time."
        ),
        gettext_lazy("Split the question"),
        gettext_lazy("The new questions are at the desk, and the asker has been told."),
    ),
    "pass_on": Step(
        desk_forms.PassOnForm,
        pass_on,
        "transfer",
        gettext_lazy("Pass to another network"),
        gettext_lazy("What was said goes with it, internal notes do not. The promised time does not change."),
        gettext_lazy("Pass the question on"),
        gettext_lazy("The question has passed to the other network, and the asker has been told."),
        "danger",
    ),
    "assign": Step(
        desk_forms.AssignForm,
        assign,
        "assign",
        gettext_lazy("Choose the expert"),
        gettext_lazy("Your choice overrides the proposal; a conflict of interest it does not override."),
        gettext_lazy("Give it to this expert"),
        gettext_lazy("The expert has been told."),
    ),
    "classify": Step(
        ClassifyForm,
        classify,
        "classify",
        gettext_lazy("Correct topic and facts"),
        gettext_lazy("The figures and the choice of the expert follow. The promised time does not change."),
        gettext_lazy("Keep the correction"),
        gettext_lazy("The correction is kept: the history tells what changed."),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
@with_question
def step_page(request: HttpRequest, question: Brief, name: str) -> HttpResponse:
    """One step: its form, and when it was sent, what came of it."""
    step = STEPS[name]
    if step.allowed not in question.steps and request.method != "POST":
        messages.warning(request, _("This is not possible now: here is where the question stands."))
        return to_question(request, question.number)
    form = _form(request, step, question)
    if done(form, lambda: step.act(request.actor, question_id=question.id, **_typed(form))):
        return _onward(request, question, str(step.told))
    return render(request, "helpdesk/desk/step.html", {"question": question, "form": form, "step": step})


def _onward(request: HttpRequest, question: Brief, told: str) -> HttpResponse:
    """To the question; to the list when a correction has just put the reader in conflict with it."""
    if brief(request.actor, int(question.number)) is not None:
        return to_question(request, question.number, told)
    messages.success(request, told)
    return redirect("helpdesk:desk", network=request.network.slug)


def _form(request: HttpRequest, step: Step, question: Brief) -> forms.Form:
    sent = request.POST if request.method == "POST" else None
    if step.form is ClassifyForm:
        return _classify_form(request, sent, question.facts)
    choices: dict[str, Any] = {}
    if step.form is desk_forms.PassOnForm:
        others = (each for each in open_networks() if each.id != request.network.id)
        choices["networks"] = [(each.slug, each.name) for each in others]
    elif step.form is desk_forms.AssignForm:
        found = assignable(request.actor, question.id)
        choices = {"experts": found.experts, "kept_away": found.kept_away}
    return step.form(sent, **choices)


def _classify_form(request: HttpRequest, sent: QueryDict | None, facts: Classified) -> ClassifyForm:
    """The form of a correction; the contract already told can be kept, also when nobody may choose it any more."""
    contracts = dict((facts.contract,) if facts.contract else ()) | dict(contract_choices(request.network.id))
    typed = {**asdict(facts), "contract": facts.contract[0] if facts.contract else ""}
    form = ClassifyForm(sent, contracts=contracts.items(), initial=typed)
    form.suggest_from(f"{request.network.home_url}comuni/")
    return form


def _typed(form: forms.Form) -> dict[str, Any]:
    if isinstance(form, ClassifyForm):
        return form.facts()
    return {"parts": form.parts} if isinstance(form, desk_forms.SplitForm) else form.cleaned_data


@require_http_methods(["GET", "HEAD", "POST"])
@with_question
def reading_page(request: HttpRequest, question: Brief, author_id: int) -> HttpResponse:
    """Read somebody's answer before it is sent: let it pass, or say what must be changed."""
    page = reading.draft_to_read(request.actor, question_id=question.id, author_id=author_id)
    if page is None:
        raise Http404
    require(page.may_read)
    form = desk_forms.ReadingForm(request.POST if request.method == "POST" else None)
    passed = "pass" in request.POST
    if done(
        form,
        lambda: end_reading(
            request.actor, question_id=question.id, author_id=author_id, passed=passed, **form.cleaned_data
        ),
    ):
        told = _("The answer may leave.") if passed else _("The answer goes back with your remarks.")
        return to_question(request, question.number, told)
    return render(request, "helpdesk/desk/reading.html", {"question": question, "page": page, "form": form})
