"""Frames with any text in them; portable/test_frames_tables.py has those made by hand."""

import json

from hypothesis import given
from hypothesis import strategies as st

from dosebell import frames


@given(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"])))
def test_what_was_sealed_is_read_back(payload: str) -> None:
    assert frames.unseal(frames.seal(payload)[:-1]) == payload


@given(st.text())
def test_json_for_the_wire_is_ascii_and_means_the_same(text: str) -> None:
    raw = json.dumps({"name": text}, ensure_ascii=False)
    escaped = frames.ascii_json(raw)
    assert escaped.isascii()
    assert json.loads(escaped) == {"name": text}
