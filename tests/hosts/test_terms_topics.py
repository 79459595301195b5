"""What a text is about: whom it names by a function is not a topic, unless the function is the matter itself."""

import pytest

from hosts.terms import terms
from hosts.thesaurus import default


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "By June my head nurse and the team leader will have approved it."),
        ("en", "Our two psychologists and the unit manager agree."),
        ("fr", "D’ici juin, mon chef de service et la directrice l’auront approuvé."),
        ("nl", "Mijn teamleider en de verpleegkundige keuren het goed."),
        ("de", "Die Teamleiterin und der Teamleiter stimmen zu."),
        ("es", "La jefa de servicio y el director lo aprobarán."),
        ("it", "La responsabile di servizio e il direttore lo approvano."),
    ],
)
def test_people_named_by_their_function_are_no_topic(language, text):
    assert [code for code in terms().topics(text, language) if default()[code].scheme == "professions"] == []
    assert "team-development" not in terms().topics(text, language)


def test_these_sentences_do_name_professions():
    assert "team-leader" in terms().mentions("mon chef de service", "fr")
    assert "director" in terms().mentions("el director", "es")


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "Two evenings with a street worker", "street-work"),
        ("fr", "travailler avec une éducatrice de rue", "street-work"),
        ("en", "how peer workers are paid", "peer-support"),
        ("nl", "een casemanager volgen", "case-management"),
    ],
)
def test_profession_that_is_a_matter_counts_as_that_matter(language, text, topic):
    assert topic in terms().topics(text, language)


def test_topics_keep_everything_else_in_order():
    text = "aftercare and relapse prevention for adolescents"
    assert terms().topics(text, "en") == terms().mentions(text, "en") != ()
