"""What is costly to make is kept from one process to the next."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ecett.core.kept import kept
from hosts import terms


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ECETT_VAR", str(tmp_path / "var"))
    return tmp_path / "var" / "kept"


class Maker:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> dict[str, int]:
        self.times += 1
        return {"made": self.times}


def test_is_made_once_and_anew_when_a_file_changes(var: Path, tmp_path: Path) -> None:
    words, make = tmp_path / "words.toml", Maker()
    words.write_text("one")
    assert [kept("words", make, of=[words]) for _each in range(3)] == [{"made": 1}] * 3
    words.write_text("two")
    assert kept("words", make, of=[words]) == {"made": 2}
    assert kept("words", make, of=[words], also="another release") == {"made": 3}
    assert len(list(var.iterdir())) == 1, "those of earlier words go"


def test_damaged_file_is_made_anew(var: Path, tmp_path: Path) -> None:
    make = Maker()
    kept("words", make, of=[])
    (file,) = var.iterdir()
    for damage in (b"", b"no pickle", file.read_bytes()[:-3]):
        file.write_bytes(damage)
        before = make.times
        assert kept("words", make, of=[]) == {"made": before + 1}
        assert kept("words", make, of=[]) == {"made": before + 1}


def test_folder_that_may_not_be_written_costs_time_only(var: Path) -> None:
    var.parent.mkdir(parents=True)
    var.write_text("no folder")
    make = Maker()
    assert [kept("words", make, of=[]) for _each in range(2)] == [{"made": 1}, {"made": 2}]
    assert var.read_text() == "no folder"


def test_kept_words_are_those_that_are_made() -> None:
    kept_now, made = terms.terms(), terms.Terms(terms.default())
    assert kept_now.thesaurus is terms.default()
    assert {name: value for name, value in kept_now.__dict__.items() if name != "thesaurus"} == {
        name: value for name, value in made.__dict__.items() if name != "thesaurus"
    }
    text = "Réduction des risques et accueil de femmes avec enfants"
    assert kept_now.mentions(text, "fr") == made.mentions(text, "fr") != ()


def test_every_module_that_arranges_words_is_among_the_rules() -> None:
    folder, found, waiting = Path(terms.__file__).parent, set[str](), ["terms"]
    while waiting:
        name = waiting.pop()
        found.add(name)
        tree = ast.parse((folder / f"{name}.py").read_text())
        named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
        waiting += [
            module.removeprefix("hosts.")
            for module in named
            if module.startswith("hosts.") and module.removeprefix("hosts.") not in found
        ]
    assert found == set(terms.RULES)
