"""The comments of a plan file, in Italian, the language plans are written in."""

HEADER = """
Piano territoriale nel formato di Contempo. La descrizione è in docs/plan-format.md.
Chi legge questo file prende ogni valore come testo: NO resta NO, 1.10 resta 1.10.
I giorni si scrivono 2014-06-30 o 30/06/2014, e l’ultimo è compreso.
Gli importi sono in euro: 1.234,56 o 1234.56.
Le chiavi (key) hanno lettere minuscole, cifre e trattini: con loro una parte ne richiama un’altra.
Ciò che è vuoto si può lasciare fuori.
"""

NOTES: dict[str, str] = {
    "key": "Il nome del piano negli indirizzi, il titolo e il periodo.",
    "acts": "Gli atti su cui il piano si fonda: delibere, decreti, accordi.",
    "purposes": "Le finalità del piano.",
    "context": "Il contesto e i bisogni, come testo.",
    "objectives": "Gli obiettivi specifici, raccolti sotto le categorie di obiettivi.",
    "planning_documents": """
Gli strumenti della programmazione locale che il piano integra.
kind: zone_plan (piano di zona), time_plan (piano territoriale degli orari), other (altro).
""",
    "organisations": """
Le organizzazioni che il piano nomina. La chiave è quella del registro della rete.
Chi manca nel registro vi entra al caricamento, senza aderire alla rete.
written: il nome come sta nel documento, se è diverso.
""",
    "alliances": """
Le alleanze locali. lead: il capofila; partners: gli altri, ciascuno con il suo ruolo (role).
phases: le fasi; activities: le attività, con responsabili, giorni, luogo e stato.
state: planned (prevista), under_way (in corso), done (fatta), suspended (sospesa), cancelled (annullata).
objectives: gli obiettivi con i risultati attesi; audiences: a chi ci si rivolge.
reward_uses: come l’alleanza userebbe la premialità; unnamed_partners: quanti partner senza nome.
""",
    "activities": """
Le attività del piano che non sono di un’alleanza.
area: governance, communication (comunicazione), training (formazione), initiative (altre iniziative).
times: quante volte si svolge.
""",
    "planned_actions": "Le azioni pianificate senza risorse proprie.",
    "governance": "I livelli di governo della rete: chi ne fa parte e quando si incontra.",
    "monitoring": "I periodi di monitoraggio: alla fine di ciascuno i valori degli indicatori si sigillano.",
    "indicators": """
Gli indicatori.
typology: partners (partner), involved (soggetti coinvolti), companies (aziende), persons (persone),
  actions (azioni), integration (integrazione), cofinancing (cofinanziamento).
unit: count (numero), share (percentuale), yes_no (sì o no), text (testo).
method: last (ultimo valore), sum (somma dei periodi), distinct (contati una volta), average (media).
target: il valore atteso del piano; targets: quello di ogni alleanza.
source: da dove si calcola; senza, il valore si inserisce con un documento di evidenza (evidence).
filters: restringono la fonte; by: suddivisioni (kind, size, municipality, sex, other).
""",
    "budget": """
Il bilancio: voci (lines) per fonti (sources); ogni importo è una cella (cells).
kind: fund (fondo, si paga ai partner), own_resources (risorse proprie), in_kind (valorizzazioni),
  cofinancing (cofinanziamento non suddiviso).
partner: chi riceve l’importo, se è per uno solo. shift_limit: quanta parte di una voce, in percentuale,
si può spostare senza la cabina di regia.
""",
    "reward": """
La premialità: l’importo, la soglia (threshold, in percentuale) sotto la quale non spetta nulla,
e il peso di ogni indicatore.
""",
    "declared": """
Le cifre che il documento dichiara, con il posto in cui stanno (place): il controllo le ricalcola tutte.
unit: euro, count (numero), percent (percentuale), text (testo).
qualifier: exact (esatto), about (circa), at_least (almeno), more_than (più di), nearly (quasi).
quantity: che cosa si conta; measures: con che cosa del piano si confronta;
formula: come si ricava da altre cifre (sum, difference, share, mean, count).
""",
}
"""What stands before each section, by its name in the file."""
