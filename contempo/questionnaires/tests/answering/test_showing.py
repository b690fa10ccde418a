"""What a page shows: the language, earlier answers in its texts, conditions on the same page and on others."""

import html
import json
import re

import pytest

from contempo.questionnaires.models import Invitation
from contempo.questionnaires.rules.document import (
    Condition,
    Document,
    Group,
    Kind,
    Op,
    Page,
    Test,
    to_json,
)
from contempo.questionnaires.tests.answering.people import Respondent, link_of
from contempo.questionnaires.tests.factories import (
    CampaignFactory,
    InvitationFactory,
    Surveys,
    TargetFactory,
    VersionFactory,
)
from contempo.questionnaires.tests.samples import option, question, words

pytestmark = pytest.mark.django_db

CHILDREN = Condition(tests=(Test("children", Op.AT_LEAST, "1"), Test("work", Op.IS, "yes")))
TWO = Document(
    languages=("it", "en"),
    pages=(
        Page(
            key="one",
            title=words("Tu", "You"),
            items=(
                question("name", Kind.TEXT, "Come ti chiami?", "What is your name?"),
                question(
                    "work", Kind.SINGLE, "Lavori?", "Do you work?", options=(option("yes", "Sì"), option("no", "No"))
                ),
            ),
        ),
        Page(
            key="two",
            title=words("I figli di {name}", "The children of {name}"),
            items=(
                question("children", Kind.NUMBER, "{name}, quanti figli?", "{name}, how many children?", least=0),
                Group(
                    key="care",
                    label=words("Cura"),
                    when=CHILDREN,
                    questions=(question("who", Kind.TEXT, "Chi li tiene?", required=True),),
                ),
            ),
        ),
    ),
)


@pytest.fixture
def invitation(surveys: Surveys) -> Invitation:
    version = VersionFactory(questionnaire=surveys.questionnaire, number=9, document=to_json(TWO))
    campaign = CampaignFactory(version=version)
    made: Invitation = InvitationFactory(campaign=campaign, target=TargetFactory(campaign=campaign))
    return made


def test_earlier_answers_stand_in_later_texts_and_are_text(invitation: Invitation) -> None:
    someone = Respondent(link_of(invitation)).begin()
    someone.page(1, name="Ada <b>Neri</b>", work="yes")
    page = someone.see("pagina/2/").text
    assert "I figli di Ada &lt;b&gt;Neri&lt;/b&gt;" in page
    assert "<b>Neri" not in page


def test_tests_of_earlier_pages_are_settled_those_of_the_page_are_left_to_the_script(invitation: Invitation) -> None:
    someone = Respondent(link_of(invitation)).begin()
    someone.page(1, name="Ada", work="yes")
    found = re.search(r'data-when="([^"]+)" hidden', someone.see("pagina/2/").text)
    assert found
    assert json.loads(html.unescape(found[1])) == {"any": False, "tests": [["children", "at_least", "1"], True]}


def test_what_can_never_be_asked_is_not_there(invitation: Invitation) -> None:
    someone = Respondent(link_of(invitation)).begin()
    someone.page(1, name="Ada", work="no")
    assert 'name="who"' not in someone.see("pagina/2/").text


def test_what_appears_is_due_only_once_it_was_in_sight(invitation: Invitation) -> None:
    someone = Respondent(link_of(invitation)).begin()
    someone.page(1, name="Ada", work="yes")
    assert someone.page(2, children="2") == ""
    assert "error-summary" not in someone.text
    assert "qualche domanda in più" in someone.text
    assert someone.page(2, children="2", seen="care", who="") == ""
    assert 'href="#f-who"' in someone.text
    assert someone.page(2, children="2", seen="care", who="I nonni").endswith("riepilogo/")


def test_questions_are_asked_in_the_language_of_the_reader(invitation: Invitation) -> None:
    someone = Respondent(link_of(invitation)).begin()
    someone.client.cookies["django_language"] = "en"
    assert "What is your name?" in someone.see("pagina/1/").text


def test_who_was_invited_in_english_reads_english(invitation: Invitation) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(language="en")
    page = Respondent(link_of(invitation)).see().text
    assert 'lang="en"' in page
    assert "We want to know which measures there are." in page
