"""Catalogues are compiled and checked without GNU gettext."""

import gettext
from pathlib import Path

import pytest

from ecett.runtime import catalogues

PAGE = """{% load i18n %}<h1>{% translate "Hosts" context "directory" %}</h1>
{% blocktranslate count n=hosts|length %}One host{% plural %}{{ n }} hosts{% endblocktranslate %}
<p title='{% translate "It's yours" %}'>"""
CODE = 'from django.utils.translation import gettext_lazy as _\nlabel = _("Good practice of {country}")\n'
HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
)
COMPLETE = (
    HEADER
    + '\nmsgctxt "directory"\nmsgid "Hosts"\nmsgstr "Lieux d’accueil"\n'
    + '\nmsgid "It\'s yours"\nmsgstr "À vous"\n'
    + '\n#, python-format\nmsgid "One host"\nmsgid_plural "%(n)s hosts"\n'
    + 'msgstr[0] "Un lieu"\nmsgstr[1] "%(n)s lieux"\n'
    + '\nmsgid "Good practice of {country}"\nmsgstr "Bonne pratique de {country}"\n'
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one page, one module and a complete French catalogue."""
    for folder in ("templates", "hosts", "locale/fr/LC_MESSAGES"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "templates" / "page.html").write_text(PAGE)
    (tmp_path / "hosts" / "models.py").write_text(CODE)
    catalogue(tmp_path).write_text(COMPLETE)
    return tmp_path


def catalogue(project: Path) -> Path:
    """The French catalogue's source."""
    return project / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def test_complete_catalogue_has_no_problems_and_compiles(project: Path) -> None:
    assert catalogues.problems(project) == []
    assert catalogues.compile_all(project / "locale") == 1

    french = gettext.translation("django", project / "locale", ["fr"])
    assert french.pgettext("directory", "Hosts") == "Lieux d’accueil"
    assert french.ngettext("One host", "%(n)s hosts", 3) == "%(n)s lieux"
    assert catalogues.compile_all(project / "locale") == 0


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("À vous", "", 'not translated: "It\'s yours"'),
        ('msgid "It\'s yours"\nmsgstr "À vous"\n', "", 'missing: "It\'s yours"'),
        ('\nmsgid "It\'s yours"', '\n#, fuzzy\nmsgid "It\'s yours"', 'fuzzy: "It\'s yours"'),
        ('msgid "Good practice of {country}"', 'msgid "Gone"', "no longer used: 'Gone'"),
        ("%(n)s lieux", "%(m)s lieux", "unknown named placeholder"),
        ("Bonne pratique de {country}", "Bonne pratique de {pays}", "other placeholders"),
    ],
)
def test_faulty_catalogue_is_told_with_its_words(project: Path, old: str, new: str, problem: str) -> None:
    catalogue(project).write_text(COMPLETE.replace(old, new))

    found = catalogues.problems(project)

    assert any(problem in line for line in found), found


def test_unreadable_catalogue_is_named(project: Path) -> None:
    catalogue(project).write_text(COMPLETE + '\nmsgid "never closed\n')

    assert [line.split(":")[0] for line in catalogues.problems(project)] == [
        "locale/fr/LC_MESSAGES/django.po"
    ]


def test_update_keeps_translations_and_brings_new_words_empty(project: Path) -> None:
    path = catalogue(project)
    path.write_text(COMPLETE + '\nmsgid "Gone"\nmsgstr "Parti"\n')
    with (project / "hosts" / "models.py").open("a") as code:
        code.write('other = _("New word")\n')

    assert catalogues.update(project) == ["fr: 5 texts, 1 to translate"]

    text = path.read_text()
    assert 'msgid "New word"\nmsgstr ""' in text
    assert 'msgid "It\'s yours"\nmsgstr "À vous"' in text
    assert 'msgstr[1] "%(n)s lieux"' in text
    assert "Gone" not in text
    assert catalogues.problems(project) == ["locale/fr/LC_MESSAGES/django.po: not translated: 'New word'"]


def test_update_twice_gives_the_same_file(project: Path) -> None:
    catalogues.update(project)
    first = catalogue(project).read_bytes()

    catalogues.update(project)

    assert catalogue(project).read_bytes() == first
    assert b"Date" not in first
    assert catalogues.problems(project) == []


def test_title_of_a_column_map_is_a_text_too(project: Path) -> None:
    """People choose a layout by it; the headings it names are the file's own words."""
    folder = project / "hosts" / "imports" / "maps"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text('name = "own"\nlabel = "Host cards"\n[columns]\nname = "Name"\n')
    missing = [line for line in catalogues.problems(project) if "missing" in line]
    assert missing == ["locale/fr/LC_MESSAGES/django.po: missing: 'Host cards'"]


def test_update_drops_a_translation_whose_text_became_plural(project: Path) -> None:
    path = catalogue(project)
    path.write_text(COMPLETE.replace('msgid_plural "%(n)s hosts"\nmsgstr[0]', "msgstr").split("msgstr[1]")[0])

    catalogues.update(project)

    assert 'msgid_plural "%(n)s hosts"\nmsgstr[0] ""\nmsgstr[1] ""' in path.read_text()


def test_update_begins_a_named_language_with_its_plurals(project: Path) -> None:
    assert catalogues.update(project, ["it"]) == ["it: 4 texts, 4 to translate"]

    text = (project / "locale" / "it" / "LC_MESSAGES" / "django.po").read_text()
    assert "Language: it" in text
    assert "nplurals=2; plural=(n != 1);" in text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("f\"{lead}, {_('with you')}\"", {(None, "with you"): ""}),
        ("translation.gettext('one ' 'text')", {(None, "one text"): ""}),
        ("npgettext_lazy('desk', 'One', 'Many', n)", {("desk", "One"): "Many"}),
        ("_(name); _(''); other('text'); gettext(f'{x}')", {}),
    ],
)
def test_marked_texts_are_found_wherever_they_stand(code: str, words: dict) -> None:
    assert dict(catalogues.marked(code)) == words
