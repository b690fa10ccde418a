"""The catalogue as everybody reads it: list, search, entries, opinions, feeds."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import feedgenerator
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from contempo.core import clock
from contempo.core.verdict import Refusal
from contempo.helpdesk.actions.catalogue.reading import note_miss, say_useful
from contempo.helpdesk.forms.catalogue import CatalogueSearch, OpinionForm
from contempo.helpdesk.queries.catalogue import lists as entry_lists
from contempo.helpdesk.queries.catalogue.pages import EntryPage, FeedItem, entry_page, newest, slug_now, topic_label
from contempo.helpdesk.queries.catalogue.search import answers
from contempo.helpdesk.rules.entries import LANGUAGES
from contempo.helpdesk.rules.topics import Topic
from contempo.web import lists
from contempo.web.forms import add_refusal

VOTED = "catalogue_voted"
MOST_VOTES = 200


@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    """The published entries, or the same as a file."""
    asked: dict[str, Any] = {"network": request.network.slug, "language": _language(), "params": request.GET}
    if wanted := lists.export_format(request):
        rows = entry_lists.entry_rows(request.actor, **asked)
        return lists.export(rows, entry_lists.COLUMNS, wanted, _("catalogue"))
    context = {"page": entry_lists.entries(request.actor, **asked), "feed_topic": _topic_of(request)}
    return render(request, "helpdesk/catalogue/list.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the catalogue answers; a search that finds nothing is kept, its words redacted, as an unmet need."""
    form = CatalogueSearch(request.GET, norms=entry_lists.norms_to_choose(request.actor), language=_language())
    asked = form.asked()
    found = answers(request.actor, network=request.network.slug, **asked) if asked["text"] else None
    if found and not found.total and not found.narrowed:
        note_miss(request.actor, text=found.text, language=found.language)
    return render(request, "helpdesk/catalogue/search.html", {"form": form, "asked": asked, "answers": found})


@require_http_methods(["GET", "HEAD"])
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """One entry: the answer, what it rests on, when it was reviewed."""
    page = _page(request, slug)
    if page is None:
        return _moved(request, slug)
    status = 410 if page.retired_why else 200
    context = {
        "page": page,
        "opinion": OpinionForm(),
        "voted": page.id in request.session.get(VOTED, ()),
        "json_ld": _json_ld(request, page),
    }
    return render(request, "helpdesk/catalogue/entry.html", context, status=status)


def _page(request: HttpRequest, slug: str) -> EntryPage | None:
    asked = request.GET.get("lingua", "")
    language = asked if asked in LANGUAGES else _language()
    return entry_page(request.actor, slug, network=request.network.slug, language=language, on=clock.today())


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    """To the address the entry has today; 404 when no entry ever had this one."""
    now = slug_now(request.actor, slug)
    if now is None or now == slug:
        raise Http404
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    url = reverse("helpdesk:entry", args=[request.network.slug, now])
    return redirect(f"{url}{query}", permanent=True)


@require_http_methods(["POST"])
def opinion(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether an entry was useful: once for each browser and entry."""
    page = _page(request, slug)
    if page is None or page.retired_why:
        raise Http404
    voted = list(request.session.get(VOTED, ()))
    form = OpinionForm(request.POST)
    useful = request.POST.get("useful") == "yes"
    if page.id not in voted and not _said(request, page, form, useful=useful):
        context = {"page": page, "opinion": form, "voted": False, "json_ld": _json_ld(request, page)}
        return render(request, "helpdesk/catalogue/entry.html", context)
    request.session[VOTED] = [*voted, page.id][-MOST_VOTES:]
    messages.success(request, _("Thank you: what you said helps us to mend the answer."))
    return redirect(f"{reverse('helpdesk:entry', args=[request.network.slug, page.slug])}?lingua={page.language}")


def _said(request: HttpRequest, page: EntryPage, form: OpinionForm, *, useful: bool) -> bool:
    """Whether the opinion was kept; what is wrong with it is shown in the form."""
    if not form.is_valid():
        return False
    try:
        say_useful(request.actor, entry_id=page.id, useful=useful, language=page.language, **form.cleaned_data)
    except Refusal as refusal:
        add_refusal(form, refusal)
        return False
    return True


@require_safe
def feed(request: HttpRequest, topic: str = "") -> HttpResponse:
    """The entries changed last, as Atom: all of them or those about a topic."""
    if topic and topic not in set(Topic):
        raise Http404
    items = newest(request.actor, network=request.network.slug, language=_language(), topic=topic)
    made = _atom(request, items, topic)
    return HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _atom(request: HttpRequest, items: tuple[FeedItem, ...], topic: str) -> feedgenerator.Atom1Feed:
    title = _("Answers of the desk: %(network)s") % {"network": request.network.name}
    made = feedgenerator.Atom1Feed(
        title=f"{title}, {topic_label(topic).lower()}" if topic else title,
        link=request.build_absolute_uri(reverse("helpdesk:catalogue", args=[request.network.slug])),
        description=_("The answers of the desk, anonymised, changed last."),
        language=_language(),
        feed_url=request.build_absolute_uri(request.path),
    )
    for item in items:
        url = request.build_absolute_uri(item.url)
        made.add_item(
            title=item.title,
            link=url,
            unique_id=url,
            description=strip_tags(item.summary),
            pubdate=item.published_at,
            updateddate=item.changed_at,
        )
    return made


def _language() -> str:
    language = get_language() or ""
    return language if language in LANGUAGES else LANGUAGES[0]


def _topic_of(request: HttpRequest) -> str:
    topic = request.GET.get("argomento", "")
    return topic if topic in set(Topic) else ""


def _json_ld(request: HttpRequest, page: EntryPage) -> SafeString:
    """The entry for search engines (schema.org FAQPage), only with what its page shows."""
    url = request.build_absolute_uri(reverse("helpdesk:entry", args=[request.network.slug, page.slug]))
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "url": url,
        "inLanguage": page.language,
        "datePublished": page.published_at.date().isoformat(),
        "dateModified": page.changed_at.date().isoformat(),
        "publisher": {"@type": "Organization", "name": request.network.name},
        "mainEntity": [
            {"@type": "Question", "name": page.title, "acceptedAnswer": {"@type": "Answer", "text": str(page.answer)}}
        ],
    }
    text = json.dumps(said, ensure_ascii=False)
    # Nothing in it can end the script element that carries it.
    return mark_safe(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
