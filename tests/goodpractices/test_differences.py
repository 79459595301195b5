"""Before and after, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from goodpractices.differences import differences


@given(before=st.text(), after=st.text())
def test_differences_hold_both_texts(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == before
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == after


@given(st.text())
def test_the_same_text_has_no_differences(text: str) -> None:
    assert all(piece.kind == "same" for piece in differences(text, text))
