"""What volunteers, nurses and mothers type is understood as what it means, in each language of the portal."""

import pytest

from hosts.search import parse
from hosts.spelling import closest, strange_words
from hosts.stems import silent_words
from hosts.terms import Terms, terms
from hosts.thesaurus import LANGUAGES, build, fold


def asked(typed: str, language: str) -> set[str]:
    """The concepts that a question names, and those of the same matter."""
    units = parse(typed, language, known=terms()).wanted
    return {code for unit in units for code in (*unit.concepts, *unit.sides)}


@pytest.mark.parametrize(
    ("code", "questions"),
    [
        (
            "people-with-autism",
            (
                "autistic adults|adultes autistes|autisten|Autistin|autistas|autistiche|crianças autistas"
                "|αυτιστικά παιδιά|autisté|osoby autystyczne"
            ),
        ),
        (
            "gambling-addiction",
            (
                "gamblers|joueurs compulsifs|gokkers|Glücksspieler|ludópatas|giocatori d'azzardo|jogador compulsivo"
                "|τζογαδόροι|gambleři|hazardziści"
            ),
        ),
        (
            "alcohol-dependence",
            (
                "people who drink too much|buveurs|drinkers|Trinker|bebedores|alcolizzati|alcoólatras"
                "|άνθρωποι που πίνουν|pijáci|osoby pijące"
            ),
        ),
        (
            "gaming-disorder",
            (
                "video games|jeux d'ordinateur|jongeren die te veel gamen|Computerspiele|video juegos|videogiochi"
                "|vídeo jogos|βίντεο παιχνίδια|videohry|gry na komputerze"
            ),
        ),
        (
            "music-therapy",
            (
                "therapy with music|thérapie par la musique|therapie met muziek|Therapie mit Musik|terapia con música"
                "|terapia con la musica|terapia pela musica|θεραπεία με μουσική|terapie hudbou|terapia muzyką"
            ),
        ),
        (
            "womens-refuge",
            (
                "refuge house|refuge pour femmes battues|opvang voor mishandelde vrouwen|Haus für geschlagene Frauen"
                "|refugio para mujeres maltratadas|rifugio per donne maltrattate|abrigo para mulheres"
                "|καταφύγιο γυναικών|azylový dům pro týrané ženy|schronisko dla bitych kobiet"
            ),
        ),
        (
            "eating-disorder",
            (
                "girls who do not eat|filles qui ne mangent pas|meisjes die niet eten|Mädchen, die nicht essen"
                "|chicas que no comen|ragazze che non mangiano|meninas que nao comem|κορίτσια που δεν τρώνε"
                "|dívky, které nejedí|dziewczyny, które nie jedzą"
            ),
        ),
        (
            "personality-disorder",
            (
                "borderline disorder|trouble borderline|borderlinestoornis|Borderline-Störung|trastorno límite"
                "|disturbo borderline|transtorno de personalidade|οριακή διαταραχή|hraniční porucha"
                "|osobowość borderline"
            ),
        ),
        (
            "opioid-substitution",
            "OST|TSO|methadonprogramma|Substitutionstherapie|TSO|metadone|TSO|OST|OST|OST",
        ),
        (
            "dialectical-behaviour-therapy",
            "DBT|TDC|DGT|DBT|TDC|DBT|TDC|DBT|DBT|DBT",
        ),
        (
            "coercion",
            (
                "coercion and seclusion|contention et isolement|dwang en separatie|Zwang in der Psychiatrie"
                "|coerción y aislamiento|contenzione meccanica|contencao mecanica|μηχανική καθήλωση|kurtování pacientů"
                "|przymus w psychiatrii"
            ),
        ),
    ],
)
def test_everyday_words_mean_their_concept(code, questions):
    by_language = dict(zip(LANGUAGES, questions.split("|"), strict=True))
    assert {
        language for language, typed in by_language.items() if code not in asked(typed, language)
    } == set()


def test_two_words_are_understood_the_other_way_round_only_with_a_little_one_between():
    table = {language: [f"x{language}"] for language in LANGUAGES} | {"en": ["drum therapy"]}
    words = Terms(build({"methods": {"a": table}}))

    def read(text: str) -> tuple[int, tuple[str, ...]]:
        return words.asked(words.tokens(text.split(), "en"), 0, "en")

    assert read("therapy with the drum") == (4, ("a",))
    assert read("therapy drum") == (0, ())
    # A text says what it means; only questions are read with so much good will.
    assert words.mentions("therapy with the drum", "en") == ()


def test_a_little_word_that_turns_the_meaning_is_never_left_out():
    table = {language: [f"x{language}"] for language in LANGUAGES} | {"es": ["personas sin trabajo"]}
    words = Terms(build({"problems": {"a": table}}))
    assert words.mentions("para personas sin trabajo", "es") == ("a",)
    assert words.mentions("para personas que trabajan", "es") == ()
    assert "sin" not in silent_words("es")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("omadiki therapeia", "group-therapy"),
        ("psixiki ygeia", "psychiatry"),
        ("psuxikh ugeia", "psychiatry"),
        ("oikogeneiaki therapia", "family-therapy"),
    ],
)
def test_greek_of_two_words_in_latin_letters_is_read(typed, code):
    read = {word: closest(word, "el", ()) for word in strange_words(parse(typed, "el"))}
    assert code in {found for unit in parse(typed, "el", corrections=read).wanted for found in unit.concepts}


@pytest.mark.parametrize(
    ("language", "text", "not_meant"),
    [
        ("en", "the other day", "boredom-lack-of-activity"),
        ("en", "they say so", "user-participation"),
        ("es", "no sabe cocinar", "dementia"),
        ("pt", "não sabe cozinhar", "dementia"),
        ("it", "ha bisogno di aiuto", "people-in-poverty"),
        ("cs", "může přijít v pátek", "men"),
        ("cs", "máme volno", "parents"),
        ("nl", "verhogen en vernieuwen", "rural-area"),
    ],
)
def test_one_word_of_a_phrase_is_not_the_phrase(language: str, text: str, not_meant: str) -> None:
    assert not_meant not in asked(text, language)
    assert not_meant not in terms().mentions(text, language)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "morning week near trains brothers"),
        ("fr", "depuis chaque semaine"),
        ("nl", "zien morgen vrijdag"),
        ("de", "freitag wochen nächstes hinten"),
        ("es", "tienen grave viernes"),
        ("it", "manca grave venerdì"),
        ("pt", "manhã pele vezes"),
        ("el", "νομίζω μακριά χρειάζεται"),
        ("cs", "hodina adresa pátek"),
        ("pl", "kiedy piątek godzina"),
    ],
)
def test_common_word_is_no_slip_of_another(language: str, words: str) -> None:
    for word in words.split():
        query = parse(f"{word} x", language)
        assert strange_words(query) == (), word
        assert not any(unit.concepts for unit in query.wanted if unit.shown == word), word


def test_little_words_are_compared_as_words_of_questions_are() -> None:
    for language in LANGUAGES:
        assert all(fold(word) == word for word in silent_words(language))
    assert "τουσ" in silent_words("el")
