"""Edits that are joined change a text as they do one after the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from relint.fixes.edit import TextEdit, exclude_each_other, join_edits, replace_text

TEXT = "abcdefgh"


@st.composite
def edits_of(draw: st.DrawFn, length: int) -> list[TextEdit]:
    """Edits that do not exclude each other."""
    edits: list[TextEdit] = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, length))
        edit = TextEdit(start, draw(st.integers(start, length)), draw(st.text("XYZ", max_size=3)))
        if not exclude_each_other([*edits, edit]):
            edits.append(edit)
    return edits


@given(st.data())
def test_joined_edits_do_the_same_as_one_after_the_other(data: st.DataObject) -> None:
    first = data.draw(edits_of(len(TEXT)))
    between = replace_text(TEXT, first)
    second = data.draw(edits_of(len(between)))
    joined = join_edits(first, second)
    assert replace_text(TEXT, joined) == replace_text(between, second)
    assert not exclude_each_other(joined)


def test_edits_apart_stay_apart() -> None:
    joined = join_edits([TextEdit(1, 2, "XX")], [TextEdit(0, 0, "Y"), TextEdit(7, 8, "")])
    assert joined == [TextEdit(0, 0, "Y"), TextEdit(1, 2, "XX"), TextEdit(6, 7, "")]


def test_edit_of_new_text_becomes_a_part_of_its_edit() -> None:
    assert join_edits([TextEdit(3, 3, "XYZ")], [TextEdit(4, 5, "-")]) == [TextEdit(3, 3, "X-Z")]
