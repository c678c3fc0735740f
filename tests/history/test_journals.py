"""A box whose journal was erased counts from one again: two records of one number never mix."""

from pathlib import Path

from domain import DROPS, compiled
from dosebell import civil, schedule
from dosebell_host.history.box_log import After, behind
from dosebell_host.history.dues import dated
from dosebell_host.history.outcomes import outcomes
from dosebell_host.history.records import Entry, JournalId, parse
from engines import ON_BOTH
from laptop import opened

NOON = 1795431600  # 2026-11-23 12:00 in Berlin
DAY_S = civil.DAY_S


def gap(seq: int, day: int) -> str:
    """The box was off from one noon to the next."""
    start = NOON + day * DAY_S
    return f"{seq} 1 {start + DAY_S} host gap - - - from={start},to={start + DAY_S}"


def test_a_gap_of_an_erased_journal_says_nothing_again_under_its_number() -> None:
    plan = schedule.parse(compiled(DROPS).lines)
    pushed = f"1 1 {NOON} host schedule - - - revision=any"
    taken = f"3 1 {NOON + 2 * DAY_S} host taken drops 2026-11-23 1 late_s=0,by=host"
    before = [parse(line, "0") for line in (pushed, gap(2, 0), taken)]
    after = [parse(line, "1") for line in (pushed, gap(2, 7))]
    noted = dated([*before, *after], lambda revision: plan)
    assert [
        f"{civil.iso(each.day)}/{each.slot} {each.status}"
        for each in outcomes(noted, lambda revision: plan)
    ] == [
        "2026-11-23/1 taken",
        "2026-11-24/0 unknown",
        "2026-11-30/1 unknown",
        "2026-12-01/0 unknown",
    ]


def test_what_comes_after_a_number_is_told_of_the_newest_journal_that_got_so_far() -> None:
    # The oldest records of the first journal had to make room before anybody read them.
    first, second = numbered("0", range(3, 7)), numbered("1", range(1, 4))
    both = [*first, *second]
    assert {seq: behind(both, After(seq)) for seq in range(8)} == {
        0: both,
        1: second[1:],
        2: second[2:],
        3: [],
        4: first[2:] + second,
        5: first[3:] + second,
        6: second,
        7: [],
    }
    assert [behind(first, After(seq)) for seq in range(8)] == [
        [each for each in first if each.seq > seq] for seq in range(8)
    ]


def numbered(journal: JournalId, numbers: range) -> list[Entry]:
    lines = [f"{seq} 1 {NOON + seq} host stock drops - - left={seq}" for seq in numbers]
    return [parse(line, journal) for line in lines]


@ON_BOTH
def test_what_two_journals_hold_in_the_same_words_is_of_the_newer_one(tmp_path: Path) -> None:
    kept = opened(tmp_path)
    first, second = gap(1, 0), gap(2, 7)
    kept.add_records("box1", "0", [first, second])
    kept.add_records("box1", "1", [first, gap(2, 9), gap(3, 10)])
    assert (kept.journals.now("box1"), kept.entries("box1")) == (
        "1",
        [parse(first, "1"), parse(second, "0"), parse(gap(2, 9), "1"), parse(gap(3, 10), "1")],
    )
