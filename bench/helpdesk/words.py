"""What invented questions and answers say: sentences long enough to be real ones, words to search for."""

RARE, COMMON, MISSING = "zefiro", "congedo", "xilofono"
"""Words for searching: in `RARE_TIMES` questions whatever the number of rows, in a large share of them, in none."""

RARE_TIMES = 5

OPENINGS = (
    "Lavoro in una piccola impresa e ho due bambini",
    "Sono assunta a tempo parziale da quattro anni",
    "Abbiamo dodici dipendenti e un contratto del commercio",
    "Assisto mio padre, che non è autosufficiente",
    "Scrivo per una lavoratrice iscritta al sindacato",
    "Il nostro ente vuole rivedere gli orari",
    "Aspetto un figlio e lavoro con partita IVA",
    "La scuola chiude per due settimane a Natale",
    "Ho chiesto il lavoro agile e mi hanno risposto di no",
    "Gestiamo un nido con trenta posti",
)
ASKED = (
    "Posso chiedere il congedo parentale a ore anche nel mese di agosto?",
    "Quanti giorni di preavviso servono per il congedo, e come si conta il sabato?",
    "Spettano i permessi della legge 104 se in famiglia c’è già una badante?",
    "Il datore di lavoro può rifiutare il lavoro agile a chi ha un figlio sotto i dodici anni?",
    "Come si calcola l’indennità quando il contratto è a tempo parziale verticale?",
    "Ci sono bonus per la retta del nido e chi li paga?",
    "Quali incentivi esistono per un piano di welfare aziendale in una rete di imprese?",
    "Si possono cambiare i turni quando il bambino è malato, e per quanti giorni l’anno?",
    "Le dimissioni nel primo anno di vita del figlio vanno convalidate, e dove?",
    "Che differenza c’è tra flessibilità in entrata e banca delle ore?",
)
CLOSINGS = (
    "Grazie se potete indicarmi la norma.",
    "Vorrei una risposta prima della riunione di lunedì.",
    "Il contratto collettivo è quello delle cooperative sociali.",
    "Allego la lettera ricevuta.",
    "Preferirei non essere contattata al lavoro.",
)
ANSWERS = (
    "Sì. Il diritto spetta a ciascun genitore, anche alternandosi, fino ai limiti stabiliti dal testo unico. La "
    "domanda si presenta prima dell’inizio del periodo, con il preavviso previsto dal contratto collettivo applicato.",
    "Dipende dal contratto collettivo: alcuni ammettono la fruizione a ore, altri solo a giornate intere. In mancanza "
    "di regole vale la metà dell’orario medio giornaliero del mese precedente.",
    "Il rifiuto va motivato per iscritto. Le priorità sono quelle della legge 81 del 2017: genitori di figli fino a "
    "dodici anni, caregiver, persone con disabilità.",
    "La procedura è telematica. Conviene conservare la ricevuta e avvisare per iscritto chi organizza i turni.",
)
