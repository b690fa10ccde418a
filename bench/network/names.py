"""Names that sound like those of organisations."""

from random import Random

from contempo.network.rules.organisations import OrganisationKind

RARE, COMMON, MISSING = "zefiro", "cooperativa", "xilofono"
"""Words for searching: in `RARE_TIMES` names whatever the number of rows, in a large share of them, in none."""

RARE_TIMES = 5

FORMS = {
    OrganisationKind.PUBLIC_BODY: ("Agenzia", "Ente pubblico"),
    OrganisationKind.HEALTH_AUTHORITY: ("Azienda sanitaria", "Azienda sanitaria pubblica"),
    OrganisationKind.MUNICIPALITY: ("Comune", "Ente locale"),
    OrganisationKind.UNION_OF_MUNICIPALITIES: ("Ambito", "Comuni associati"),
    OrganisationKind.SCHOOL: ("Istituto comprensivo", "Istituto statale"),
    OrganisationKind.TRADE_UNION: ("Sindacato", "Associazione sindacale"),
    OrganisationKind.EMPLOYERS_ASSOCIATION: ("Unione imprese", "Associazione di categoria"),
    OrganisationKind.CHAMBER_OF_COMMERCE: ("Camera di commercio", "Ente pubblico"),
    OrganisationKind.COMPANY: ("Officine", "Società a responsabilità limitata"),
    OrganisationKind.SOCIAL_COOPERATIVE: ("Cooperativa", "Società cooperativa sociale"),
    OrganisationKind.ASSOCIATION: ("Associazione", "Associazione di promozione sociale"),
    OrganisationKind.FOUNDATION: ("Fondazione", "Fondazione ETS"),
    OrganisationKind.RELIGIOUS_BODY: ("Parrocchia", "Ente religioso"),
}
"""How names of a kind begin, and its legal form."""

_THINGS = (
    "acero airone alba allodola anfora arancio arco argilla aurora azzurro baita bambù betulla bosco brezza bussola "
    "campana cardo carro casale castagno cedro ciliegio cima clessidra colle conchiglia corallo cortile crocevia delta "
    "duna edera faro farfalla fienile filo fiume fontana forno frassino gelso ginepro girasole glicine granaio isola "
    "lago lanterna larice lavanda luna maggio mandorlo mela meridiana mirto molino mosaico nave nido noce onda "
    "orizzonte orto pane papavero passero pergola pietra pineta piuma ponte porto prato quercia radice ramo riva "
    "roccia rondine rosa salice seme sentiero sole sorgente stella telaio tiglio torre trama ulivo vela vento viola"
).split()
_PEOPLE = (
    "Airoldi Bassi Beretta Bianchi Boselli Brambilla Caimi Cattaneo Cerri Colombo Conti Corti Crippa Donati Fumagalli "
    "Galbiati Galli Gatti Ghezzi Grassi Invernizzi Lombardi Longoni Maggi Mantovani Mariani Meroni Moretti Motta Nava "
    "Oggioni Origgi Pagani Parisi Perego Pirovano Porta Pozzi Ratti Redaelli Riva Rota Sala Sangalli Sironi Spreafico "
    "Tagliabue Valsecchi Vergani Viganò Villa Vimercati Vitali Zanetti"
).split()
_SAID = (
    "Orari flessibili in entrata e in uscita per tutte le persone.",
    "Centro estivo per i figli nelle settimane di chiusura delle scuole.",
    "Lavoro agile due giorni la settimana con accordo individuale.",
    "Banca delle ore concordata con le rappresentanze.",
    "Nido aperto anche alle famiglie del quartiere.",
    "Accompagnamento al rientro dopo la maternità e la paternità.",
    "Convenzione con altre imprese per la spesa e la lavanderia.",
    "Sportello di ascolto per chi assiste familiari anziani.",
    "Formazione delle persone che coordinano su carichi e turni.",
    "Turni decisi insieme, con scambio tra colleghi.",
)


def name(number: int, kind: str, municipality: str, random: Random) -> str:
    """The name of organisation `number`; the first `RARE_TIMES` hold the rare word."""
    begin = FORMS[OrganisationKind(kind)][0]
    thing = RARE if number < RARE_TIMES else random.choice(_THINGS)
    if kind == OrganisationKind.MUNICIPALITY:
        return f"{begin} di {municipality} {thing.title()}"
    return f"{begin} {thing.title()} {random.choice(_PEOPLE)} di {municipality}"


def person(random: Random) -> str:
    """Name and surname."""
    return f"{random.choice(_THINGS).title()} {random.choice(_PEOPLE)}"


def told(random: Random) -> str:
    """A few sentences of experience."""
    return " ".join(random.sample(_SAID, random.randint(1, 4)))
