"""Forms as KoboToolbox and ODK users bring them."""

from contempo.questionnaires.rules.checking import problems, refused
from contempo.questionnaires.rules.document import Condition, Group, Kind, Op, Question, Words
from contempo.questionnaires.rules.document import Test as Ask
from contempo.questionnaires.tests.rules.workbooks import YES_NO, read, sentences

KOBO_SURVEY = [
    ["type", "name", "label::Italiano (it)", "label::English (en)", "hint::Italiano (it)", "required", "relevant",
     "constraint", "constraint_message::Italiano (it)", "appearance", "parameters", "kobo--score-choices"],
    ["start", "start"],
    ["end", "end"],
    ["begin_group", "group_ab1cd23", "Anagrafica", "About you"],
    ["text", "Nome_Ente", "Nome dell’ente", "Name", "Per esteso", "true", None, "string-length(.) <= 120"],
    ["select_one tipo", "tipo_ente", "Tipo", "Kind", None, "true"],
    ["text", "tipo_ente_altro", "Specificare", "Which", None, "false", "${tipo_ente} = 'altro'"],
    ["integer", "dipendenti", "Quante persone?", "How many people?", None, True, None, ". >= 0 and . < 10000"],
    ["end_group"],
    ["begin_group", "misure", "Misure in ${Nome_Ente}", "Measures in ${Nome_Ente}", None, None, "${dipendenti} > 0",
     None, None, "field-list"],
    ["select_multiple mis", "quali", "Quali misure?", "Which measures?", None, "yes", None,
     "not(selected(., 'nessuna') and count-selected(.) > 1) and count-selected(.) <= 3"],
    ["decimal", "costo", "Costo", "Cost", None, None, "selected(${quali}, 'nido') or selected(${quali}, 'agile')"],
    ["range", "voto", "Voto", "Mark", None, None, None, None, None, None, "start=1 end=5 step=1"],
    ["begin_score", "giudizi", "Giudizi", "Views", None, "true", None, None, None, None, None, "scala"],
    ["score__row", "chiarezza", "Chiarezza", "Clarity"],
    ["score__row", "utilita", "Utilità", "Use"],
    ["end_score"],
    ["select_one scala", "insieme", "Nel complesso", "Overall", None, None, None, None, None, "likert"],
    ["end_group"],
    ["begin_repeat", "sedi", "Sedi", "Sites"],
    ["text", "sede_nome", "Nome", "Name"],
    ["date", "apertura", "Aperta dal", "Open since"],
    ["end_repeat"],
    ["note", "grazie", "Grazie!", "Thank you!"],
]  # fmt: skip
KOBO_CHOICES = [
    ["list_name", "name", "label::Italiano (it)", "label::English (en)"],
    ["tipo", "comune", "Comune", "Municipality"],
    ["tipo", "impresa", "Impresa", "Company"],
    ["tipo", "altro", "Altro", "Other"],
    [],
    ["mis", "nido", "Nido", "Nursery"],
    ["mis", "agile", "Lavoro agile", "Agile work"],
    ["mis", "orario", "Orario", "Hours"],
    ["mis", "nessuna", "Nessuna", "None"],
    ["scala", 1, "Poco", "A little"],
    ["scala", 2, "Molto", "Very"],
]
KOBO_SETTINGS = [["form_title", "form_id", "default_language"], ["Mappatura 2021", "aXy12", "Italiano (it)"]]


def test_a_form_of_kobo_comes_in_whole() -> None:
    read_form = read(KOBO_SURVEY, KOBO_CHOICES, KOBO_SETTINGS)
    assert (read_form.blocked, read_form.partial, read_form.title) == (False, False, "Mappatura 2021")
    document = read_form.document
    assert refused(problems(document)) == []
    assert [page.title.it for page in document.pages] == ["Anagrafica", "Misure in {nome_ente}", "Sedi", "Pagina 4"]
    by_key = {placed.question.key: placed.question for placed in document.questions()}
    assert list(by_key) == [
        "nome_ente", "tipo_ente", "dipendenti", "quali", "costo", "voto", "giudizi", "insieme", "sede_nome", "apertura",
        "grazie",
    ]  # fmt: skip
    assert (by_key["nome_ente"].required, by_key["nome_ente"].most, by_key["nome_ente"].help.it) == (
        True,
        120,
        "Per esteso",
    )
    assert [option.other for option in by_key["tipo_ente"].options] == [False, False, True]
    assert (by_key["dipendenti"].least, by_key["dipendenti"].most, by_key["dipendenti"].required) == (0, 9999, True)
    assert [option.exclusive for option in by_key["quali"].options] == [False, False, False, True]
    assert by_key["quali"].most == 3
    assert by_key["costo"].when == Condition(
        (Ask("quali", Op.INCLUDES, "nido"), Ask("quali", Op.INCLUDES, "agile")), any=True
    )
    assert (by_key["voto"].kind, by_key["voto"].least, by_key["voto"].most) == (Kind.SCALE, 1, 5)
    assert (by_key["giudizi"].kind, by_key["giudizi"].required) == (Kind.MATRIX, True)
    assert [row.key for row in by_key["giudizi"].rows] == ["chiarezza", "utilita"]
    assert by_key["insieme"].kind == Kind.LIKERT
    assert [option.key for option in by_key["insieme"].options] == ["1", "2"]
    assert document.pages[1].when == Condition((Ask("dipendenti", Op.AT_LEAST, "1"),))
    sites = document.pages[2].items[0]
    assert isinstance(sites, Group)
    assert (sites.repeat, sites.each) == (20, Words("Sedi", "Sites"))


def test_what_is_not_kept_of_it_is_told_by_row_and_column() -> None:
    told = sentences(read(KOBO_SURVEY, KOBO_CHOICES, KOBO_SETTINGS), "note")
    assert ("survey", 2, "type", "What the device writes by itself is not kept: it is not asked.") in told
    assert ("survey", 5, "name", "“Nome_Ente” is called “nome_ente” here.") in told
    assert ("survey", 7, "name", "“tipo_ente_altro” becomes the text beside the answer “altro”.") in told
    assert ("survey", 20, "type", "How many times it repeats is decided by who answers: at most 20.") in told


def test_a_flat_form_in_one_language_stands_on_pages_of_a_few_questions() -> None:
    survey = [["type", "name", "label"], *(["text", f"q{number}", f"Domanda {number}"] for number in range(14))]
    document = read(survey).document
    assert [len(page.items) for page in document.pages] == [6, 6, 2]
    assert document.languages == ("it",)


def test_old_spellings_are_understood() -> None:
    survey = [
        ["Type", "Name", "Label", "Relevance", "Required"],
        ["begin group", "g", "Gruppo"],
        ["select one from sn", "a", "Hai figli?", None, "yes"],
        ["select all that apply from sn", "b", "Quali?", "selected(${a}, 'si')"],
        ["int", "c", "Quanti?", "${a}='si'"],
        ["end group"],
    ]
    document = read(survey, [["list name", "value", "label"], *YES_NO[1:]]).document
    assert [placed.question.kind for placed in document.questions()] == [Kind.SINGLE, Kind.MULTIPLE, Kind.NUMBER]
    assert {placed.question.when for placed in document.questions()} == {
        None,
        Condition((Ask("a", Op.IS, "si"),)),
    }


def test_or_other_adds_the_answer_other_in_both_languages() -> None:
    survey = [
        ["type", "name", "label::Italiano (it)", "label::English (en)"],
        ["select_one sn or_other", "a", "A?", "A"],
    ]
    choices = [["list_name", "name", "label::Italiano (it)", "label::English (en)"], ["sn", "si", "Sì", "Yes"]]
    question = next(read(survey, choices).document.questions()).question
    assert [(option.key, option.label, option.other) for option in question.options] == [
        ("si", Words("Sì", "Yes"), False),
        ("other", Words("Altro", "Other"), True),
    ]


def test_an_english_form_stands_in_both_places_until_it_is_translated() -> None:
    survey = [["type", "name", "label::English (en)", "label::Français (fr)"], ["text", "a", "Name", "Nom"]]
    form = read(survey)
    assert next(form.document.questions()).question.label == Words("Name", "Name")
    assert [column for _, _, column, _ in sentences(form, "note")] == ["label", "label::Français (fr)"]


def test_a_table_list_and_a_grid_of_rows_are_tables() -> None:
    table = [
        ["type", "name", "label", "appearance", "required"],
        ["begin_group", "t", "Tabella", "table-list"],
        ["select_one sn", "t_a", "Riga A", None, "yes"],
        ["select_one sn", "t_b", "Riga B", None, "yes"],
        ["end_group"],
    ]
    question = next(read(table, YES_NO).document.questions()).question
    assert (question.kind, question.required, [row.key for row in question.rows]) == (
        Kind.MATRIX,
        True,
        ["t_a", "t_b"],
    )
    grid = [
        ["type", "name", "label", "appearance"],
        ["begin_group", "t", "Tabella", "field-list"],
        ["select_one sn", "t_h", "Quanto?", "label"],
        ["select_one sn", "t_a", "Riga A", "list-nolabel"],
        ["end_group"],
    ]
    question = next(read(grid, YES_NO).document.questions()).question
    assert [row.label.it for row in question.rows] == ["Riga A"]


def test_a_ranking_of_kobo_is_an_order_of_importance() -> None:
    survey = [
        ["type", "name", "label", "kobo--rank-items", "required"],
        ["begin_rank", "ordine", "Metti in ordine", "cose", "true"],
        ["rank__level", "primo", "Prima"],
        ["rank__level", "secondo", "Seconda"],
        ["end_rank"],
    ]
    choices = [["list_name", "name", "label"], *(["cose", name, name.title()] for name in ("uno", "due", "tre"))]
    question = next(read(survey, choices).document.questions()).question
    assert (question.kind, question.most, question.required) == (Kind.RANKING, 2, True)


def test_groups_inside_groups_are_laid_flat_with_their_conditions() -> None:
    survey = [
        ["type", "name", "label", "relevant"],
        ["begin_group", "p", "Pagina"],
        ["select_one sn", "a", "A?"],
        ["begin_group", "g", "Gruppo"],
        ["begin_group", "h", "Dentro", "${a} = 'si'"],
        ["integer", "n", "Quanti?"],
        ["text", "t", "Perché?", "${n} >= 3"],
        ["end_group"],
        ["end_group"],
        ["end_group"],
    ]
    document = read(survey, YES_NO).document
    group = document.pages[0].items[1]
    assert isinstance(group, Group)
    yes = Ask("a", Op.IS, "si")
    assert [(one.key, one.when) for one in group.questions] == [
        ("h", Condition((yes,))),
        ("n", Condition((yes,))),
        ("t", Condition((yes, Ask("n", Op.AT_LEAST, "3")))),
    ]


def test_a_question_that_repeats_a_pattern_keeps_it() -> None:
    survey = [["type", "name", "label", "constraint"], ["text", "cap", "CAP", "regex(., '^[0-9]{5}$')"]]
    question = next(read(survey).document.questions()).question
    assert isinstance(question, Question)
    assert question.pattern == "[0-9]{5}"
