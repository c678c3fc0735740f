"""What of a board is saved on a laptop: every file at a place of its own."""

from hypothesis import given
from hypothesis import strategies as st

from dosebell_host.flash.backup import names_on_laptop

WORDS = st.text(st.sampled_from("aAäÄ_.:*~2 \\conCON"), min_size=1, max_size=4)
PATHS = st.lists(WORDS, min_size=1, max_size=3).map(lambda words: "/" + "/".join(words))


def test_names_that_would_be_one_are_told_apart() -> None:
    paths = ["/a:b", "/a_b", "/A_B", "/a*b/x", "/.x", "/x", "/..", "/lib/con.py", "/..."]
    assert names_on_laptop(paths) == {
        "/a:b": "a_b",
        "/a_b": "a_b~2",
        "/A_B": "A_B~3",
        "/a*b/x": "a_b~4/x",
        "/.x": "x",
        "/x": "x~2",
        "/..": "_",
        "/lib/con.py": "lib/con_.py",
        "/...": "_~2",
    }


@given(st.lists(PATHS, unique=True, max_size=12))
def test_no_two_files_and_no_file_and_folder_have_one_name(paths: list[str]) -> None:
    names = names_on_laptop(paths)
    assert list(names) == paths
    places = [name.casefold().split("/") for name in names.values()]
    assert len({*map(tuple, places)}) == len(paths)
    for path, place in zip(paths, places, strict=True):
        assert len(place) == path.count("/")
        assert not {"", ".", ".."} & {*place}
        # Where two names begin alike, so do the paths.
        for other, others in zip(paths, places, strict=True):
            for length in range(1, 1 + min(len(place), len(others))):
                alike = path.split("/")[: length + 1] == other.split("/")[: length + 1]
                assert (place[:length] == others[:length]) == alike
