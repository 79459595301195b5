"""Lost letters are put right where one reading is possible, and left to people elsewhere (pure)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodpractices.imports.repair import LOST, Damaged, repair

PAIR = LOST * 2


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        (f"pati{PAIR}nten", "patiënten"),
        (f"ge{PAIR}mplementeerd", "geïmplementeerd"),
        (f"cre{PAIR}{PAIR}ert", "creëert"),
        (f"het{PAIR}bedrijfsleven", "het bedrijfsleven"),
        (f"af.\n{PAIR}\nDe wijk", "af.\n \nDe wijk"),
        (f"tot {LOST * 3} 125.000", "tot € 125.000"),
        (f"dan {LOST * 3}klassieke{LOST}\u06ea zorg", "dan ‘klassieke’ zorg"),
        (f"programma{LOST}\u06eas", "programma’s"),
        ("E\u0329n van de", "Eén van de"),
        ("carri\u032cre", "carrière"),
        ("co\u0326rdinator", "coördinator"),
    ],
)
def test_repair_of_what_has_one_reading(damaged: str, whole: str) -> None:
    assert repair(damaged, "nl") == whole


@pytest.mark.parametrize(
    "damaged", [f"Namisol{LOST}.", f"v{LOST}_{LOST}_r", f"9.00 {LOST * 3} 18", f"Twal{PAIR}k"]
)
def test_repair_guesses_nothing(damaged: str) -> None:
    with pytest.raises(Damaged) as caught:
        repair(damaged, "nl")
    assert LOST in caught.value.place


@given(st.text(alphabet=st.characters(exclude_characters=LOST, max_codepoint=0x2FF), max_size=80))
def test_repair_leaves_sound_texts_alone(text: str) -> None:
    assert repair(text, "nl") == text


@given(st.text(alphabet=[LOST, "a", "e", " ", "n", "9"], max_size=20))
def test_repair_never_keeps_a_lost_letter(text: str) -> None:
    try:
        result = repair(text, "nl")
    except Damaged:
        return
    assert LOST not in result
