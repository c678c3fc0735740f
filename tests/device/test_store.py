"""Documents on flash: always the old one or the new one, whatever breaks and when."""

import pytest

from domain import Flash
from dosebell.store import Draft, Store

OLD, NEW = ["one", "two"], ["three", "four", "", "end 1"]


class PowerCut(BaseException):
    """The power goes; what is not on flash by then never will be."""


def stored(*versions: list[str]) -> Flash:
    flash = Flash()
    for lines in versions:
        Store(flash).write("plan", lines)
    return flash


def read(flash: Flash) -> tuple[list[str] | None, list[str]]:
    """What a box that starts now reads, and what it finds damaged."""
    store = Store(flash)
    return store.read("plan"), store.damaged


def cut_after(flash: Flash, changes: int) -> None:
    """Let the power go just before the change of that number."""

    def count(what: str, path: str) -> None:
        nonlocal changes
        changes -= 1
        if changes < 0:
            raise PowerCut

    flash.before = count


def test_what_was_written_is_read_by_the_next_start() -> None:
    assert read(stored(OLD)) == (OLD, [])
    assert read(stored(OLD, NEW)) == (NEW, [])
    assert Store(stored(OLD, NEW)).read_old("plan") == OLD


def test_a_document_that_never_was_is_no_damage() -> None:
    assert read(Flash()) == (None, [])


def test_any_damaged_byte_leads_back_to_the_last_good_copy() -> None:
    whole = stored(OLD, NEW).contents["/state/plan"]
    # All but the last, which is the line feed after the end and says nothing.
    for place in range(len(whole) - 1):
        flash = stored(OLD, NEW)
        flash.contents["/state/plan"] = (
            whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :]
        )
        assert read(flash) == (OLD, ["plan"]), place


def test_a_document_cut_off_anywhere_leads_back_to_the_last_good_copy() -> None:
    whole = stored(OLD, NEW).contents["/state/plan"]
    for length in range(len(whole)):
        flash = stored(OLD, NEW)
        flash.contents["/state/plan"] = whole[:length]
        assert read(flash) == (OLD, ["plan"]), length


def test_a_document_with_a_line_too_many_is_damaged() -> None:
    flash = stored(OLD, NEW)
    flash.contents["/state/plan"] += stored(OLD).contents["/state/plan"]
    assert read(flash) == (OLD, ["plan"])


def test_when_both_copies_are_damaged_that_is_said() -> None:
    flash = stored(OLD, NEW)
    for name in ("plan", "plan.old"):
        flash.contents["/state/" + name] = b"?"
    assert read(flash) == (None, ["plan"])


def test_a_power_cut_at_any_moment_leaves_the_old_one_or_the_new_one_and_no_damage() -> None:
    """In the end the second commit was cut after each of its changes, and once not at all."""
    found = []
    for changes in range(20):
        flash = stored(OLD)
        cut_after(flash, changes)
        try:
            Store(flash).write("plan", NEW)
            whole = True
        except PowerCut:
            whole = False
        flash.before = lambda what, path: None
        found.append(read(flash))
        assert Store(flash).read_old("plan") in (None, OLD)
        if whole:
            break
    assert found[0] == (OLD, [])
    assert found[-1] == (NEW, [])
    assert all(each in ((OLD, []), (NEW, [])) for each in found)
    assert whole


def test_a_cut_between_the_renames_is_mended_so_that_the_next_push_is_safe_too() -> None:
    flash = stored(OLD)
    cut_after(flash, 3)
    with pytest.raises(PowerCut):
        Store(flash).write("plan", NEW)
    flash.before = lambda what, path: None
    assert sorted(flash.contents) == ["/state/plan.new", "/state/plan.old"]
    Store(flash).read("plan")
    assert sorted(flash.contents) == ["/state/plan", "/state/plan.old"]


def test_a_draft_changes_nothing_until_it_is_committed() -> None:
    flash = stored(OLD)
    draft = Draft(Store(flash), "plan")
    draft.add("three")
    assert list(draft.finish()) == ["three"]
    assert read(flash) == (OLD, [])
    draft.drop()
    assert read(flash) == (OLD, [])
    assert sorted(flash.contents) == ["/state/plan"]


def test_a_draft_that_the_flash_did_not_take_whole_is_not_put_in_force() -> None:
    flash = stored(OLD)
    draft = Draft(Store(flash), "plan")
    draft.add("three")
    flash.after = lambda what, path: flash.contents.update({"/state/plan.new": b"torn"})
    with pytest.raises(OSError):
        list(draft.finish())
    flash.after = lambda what, path: None
    draft.drop()
    assert read(flash) == (OLD, [])


def test_a_full_flash_is_an_error_and_the_old_one_stays() -> None:
    flash = stored(OLD)
    flash.refuses = "/state"
    with pytest.raises(OSError):
        Store(flash).write("plan", NEW)
    flash.refuses = ""
    assert read(flash) == (OLD, [])
