"""A page set showing every component, for the eye and for axe. Known to the tests only."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import wraps
from types import SimpleNamespace

import django_filters
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from contempo.core.verdict import NotPermitted, Refusal
from contempo.core.words import N_
from contempo.web.charts import Chart, Series
from contempo.web.forms import DateInput, Upload
from contempo.web.lists import Column, build, every_row, export, export_format
from contempo.web.maps import Place, Point
from contempo.web.navigation import ActingSwitch, Choice, MenuLink, NavItem, PersonMenu
from contempo.web.steps import Step
from contempo.web.timeline import Entry

NETWORK = SimpleNamespace(
    id=1,
    slug="milano",
    name="Rete di conciliazione di Milano",
    short_name="Milano",
    accent="blue",
    logo_url="",
    lead_name="Città metropolitana di Milano",
    contact_email="rete@example.org",
    contact_phone="02 0000 0000",
    home_url="/milano/",
)
LOOKS = (
    SimpleNamespace(label="Draft", tone="neutral", icon="it-pencil"),
    SimpleNamespace(label="In examination", tone="info", icon="it-search"),
    SimpleNamespace(label="Admitted", tone="success", icon="it-check-circle"),
    SimpleNamespace(label="Changes asked", tone="warning", icon="it-warning-circle"),
    SimpleNamespace(label="Refused", tone="danger", icon="it-close-circle"),
)
STEPS = (
    Step("organisation", "Organizzazione", "/passo-1/", done=True),
    Step("territory", "Territorio ed esperienza", "/passo-2/"),
    Step("aims", "Obiettivi e priorità"),
    Step("people", "Persone e consensi"),
)
ENTRIES = (
    Entry(datetime(2026, 11, 12, 13, 30, tzinfo=UTC), "Domanda inviata", who="Ivo Fornai", icon="it-upload"),
    Entry(
        datetime(2026, 11, 16, 9, 5, tzinfo=UTC),
        "Chieste modifiche",
        who="Marta Riva",
        text="Manca il numero di dipendenti della seconda sede.\nIl resto va bene.",
        tone="warning",
        icon="it-warning-circle",
    ),
    Entry(datetime(2026, 11, 18, 16, 0, tzinfo=UTC), "Adesione ammessa", who="Marta Riva", tone="success"),
)


ENTRIES_OF_NAVIGATION = (
    NavItem("La rete", "parts", 10, needs_network=False),
    NavItem("Soggetti", "rows", 20, needs_network=False),
    NavItem("Crescita", "figures", 30, needs_network=False),
    NavItem("Aderisci", "form", 40, needs_network=False),
    NavItem("Scrivania", "desk", 10, needs_network=False, group="desk"),
    NavItem("Richieste", "many", 20, needs_network=False, group="desk"),
)


def person_menu(request: HttpRequest) -> PersonMenu:
    """Marta, who may act for two organisations."""
    choices = (Choice("", "Me stessa", True), Choice("1", "Panificio Fornai"), Choice("2", "Comune di Bollate"))
    return PersonMenu(
        name="Marta Riva",
        links=(MenuLink("Notifiche", "/", "it-mail", 3), MenuLink("Il mio profilo", "/", "it-user")),
        acting_for="Comune di Bollate",
        acting=ActingSwitch("/", "organisation", choices),
        unread=3,
    )


def in_network(view: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """The view as a page of the sample network; the parameter `come` signs Marta in."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponseBase:
        setattr(request, "network", NETWORK)  # noqa: B010 - as the middleware of networks does
        if request.GET.get("come") == "marta":
            setattr(request, "user", SimpleNamespace(is_authenticated=True))  # noqa: B010
        return view(request)

    return shown


class SampleForm(forms.Form):
    """Every kind of control."""

    name = forms.CharField(label="Denominazione", max_length=80, help_text="Come compare nello statuto.")
    tax_code = forms.CharField(label="Codice fiscale", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(label="Posta elettronica", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    kind = forms.ChoiceField(label="Tipo", choices=[("", "Scegli"), ("company", "Impresa"), ("school", "Scuola")])
    size = forms.ChoiceField(
        label="Dimensione",
        choices=[("micro", "Meno di 10 persone"), ("small", "Da 10 a 49"), ("large", "250 e più")],
        widget=forms.RadioSelect,
    )
    aims = forms.MultipleChoiceField(
        label="Priorità che interessano",
        choices=[("care", "Servizi di cura"), ("flex", "Flessibilità organizzativa"), ("welfare", "Reti di imprese")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Puoi sceglierne più d'una.",
        required=False,
    )
    since = forms.DateField(label="Attiva dal", widget=DateInput, required=False)
    text = forms.CharField(label="Perché vuoi aderire", max_length=400, widget=forms.Textarea(attrs={"rows": 4}))
    deed = forms.FileField(label="Statuto", widget=Upload(max_bytes=10_000_000), required=False)
    consent = forms.BooleanField(label="Accetto che la scheda sia pubblicata", help_text="Puoi cambiare idea.")


@in_network
def refusing(request: HttpRequest) -> HttpResponse:
    """What an action refuses: not permitted on GET with `chi`, not possible otherwise."""
    if "chi" in request.GET:
        raise NotPermitted(N_("Only the coordinator of the network decides."))
    raise Refusal(N_("The request of %(name)s is already signed."), name="Panificio Fornai")


@in_network
def breaking(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


@in_network
def parts(request: HttpRequest) -> HttpResponse:
    """Badges, notices, stats, timeline, steps, empty states, cards, facts."""
    facts = (("Denominazione", "Panificio Fornai"), ("Partita IVA", "01234567890"), ("Sito", ""))
    return render(
        request,
        "gallery/parts.html",
        {"looks": LOOKS, "steps": STEPS, "entries": ENTRIES, "facts": facts},
    )


@in_network
def form(request: HttpRequest) -> HttpResponse:
    """Every kind of control; posting shows the errors."""
    initial = {"deed": SimpleNamespace(name="statuto-2024.pdf", url="/statuto/")}
    filled = SampleForm(request.POST or None, request.FILES or None, initial=initial)
    return render(request, "gallery/form.html", {"form": filled, "steps": STEPS})


@dataclass(frozen=True)
class Row:
    """A row of the sample list."""

    url: str
    name: str
    app: str
    state: SimpleNamespace
    number: int
    day: date


class SampleFilters(django_filters.FilterSet):
    """A search, a choice and several choices."""

    q = django_filters.CharFilter(field_name="model", lookup_expr="icontains", label="Nome")
    app_label = django_filters.ChoiceFilter(label="Applicazione", choices=[("web", "Pagine"), ("core", "Nucleo")])
    model = django_filters.MultipleChoiceFilter(
        label="Tipo", choices=[("company", "Impresa"), ("school", "Scuola")], widget=forms.CheckboxSelectMultiple
    )


COLUMNS = (
    Column("name", "Denominazione", sort="model"),
    Column("app", "Applicazione", sort=("app_label", "model")),
    Column("state", "Stato"),
    Column("number", "Numero", sort="pk", numeric=True),
    Column("day", "Dal giorno"),
)


def to_row(kind: ContentType) -> Row:
    return Row("/modulo/", kind.model, kind.app_label, LOOKS[kind.pk % 5], kind.pk * 1000, date(2026, 11, 12))


@in_network
def rows(request: HttpRequest) -> HttpResponseBase:
    """A list over the content types, the one table the frame's own tests may fill."""
    filters = SampleFilters(request.GET, ContentType.objects.all())
    if wanted := export_format(request):
        return export(every_row(filters, columns=COLUMNS, to_row=to_row, sort="name"), COLUMNS, wanted, "tipi")
    page = build(filters, columns=COLUMNS, to_row=to_row, sort="name")
    return render(request, "gallery/rows.html", {"page": page})


KINDS = ("Comuni e unioni di comuni", "Imprese", "Cooperative sociali", "Sindacati", "Associazioni datoriali", "Scuole")
CHARTS = (
    Chart(
        id="growth",
        title="La rete è cresciuta da 15 a 46 soggetti in due anni",
        kind="area",
        categories=("giugno 2014", "dicembre 2014", "giugno 2015", "dicembre 2015", "giugno 2016"),
        series=(Series("Soggetti", (15, 22, 31, 40, 46)),),
        unit="soggetti",
        summary="La crescita più forte è nella prima metà del 2015: 9 soggetti in più.",
        category="Alla fine di",
    ),
    Chart(
        id="kinds",
        title="Un soggetto su tre è un comune",
        kind="bar",
        categories=KINDS,
        series=(Series("Soggetti", (16, 12, 8, 4, 3, 0)),),
        category="Tipo",
    ),
    Chart(
        id="contacts",
        title="I contatti per telefono superano quelli di persona",
        kind="line",
        categories=("gen", "feb", "mar", "apr"),
        series=(Series("Telefono", (1200, 1350, 1500, 1490)), Series("Di persona", (600, 580, None, 720))),
        category="Mese",
    ),
)
TOWNS = (("Milano", 45.4642, 9.19), ("Bollate", 45.545, 9.117), ("Segrate", 45.4906, 9.2946), ("Rho", 45.53, 9.04))
POINTS = tuple(
    Point(f"Soggetto {number}", "/modulo/", lat, lon, f"{town} · Impresa")
    for number, (town, lat, lon) in enumerate((*TOWNS, TOWNS[0], TOWNS[0]), start=1)
)


@in_network
def figures(request: HttpRequest) -> HttpResponse:
    """Charts and a map."""
    places = tuple(Place(*town) for town in TOWNS)
    return render(request, "gallery/figures.html", {"charts": CHARTS, "points": POINTS, "places": places})


@in_network
def many(request: HttpRequest) -> HttpResponse:
    """A map of a thousand points."""
    points = tuple(
        Point(f"Soggetto {at}", "/modulo/", 45.3 + (at * 37 % 100) / 250, 8.9 + (at * 61 % 97) / 160)
        for at in range(1000)
    )
    return render(request, "gallery/figures.html", {"charts": (), "points": points, "places": ()})
