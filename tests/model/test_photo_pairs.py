"""Each photo stands beside what it is to be compared with, and what is missing shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sanyou_desktop.model.finding import Round
from sanyou_desktop.model.photo_pairs import Pair, photo_pairs
from sanyou_desktop.model.record import Attachment

ROUNDS = (Round(key="r1"), Round(key="r2"))
DARK = Attachment(key="a", stage="before")
STILL_DARK = Attachment(key="b", stage="after", round="r1")
BRIGHT = Attachment(key="c", stage="after", round="r2")
SCAN = Attachment(key="d")


def test_two_rounds() -> None:
    assert photo_pairs((DARK, SCAN, STILL_DARK, BRIGHT), ROUNDS) == [
        Pair(1, (DARK,), (STILL_DARK,)),
        Pair(2, (DARK,), (BRIGHT,), is_carried=True),
    ]


def test_what_waits_to_be_rectified() -> None:
    assert photo_pairs((DARK,), ()) == [Pair(0, (DARK,))]


def test_a_photo_that_is_missing() -> None:
    assert photo_pairs((DARK,), ROUNDS[:1]) == [Pair(1, (DARK,))]
    assert photo_pairs((STILL_DARK,), ROUNDS[:1]) == [Pair(1, (), (STILL_DARK,))]


def test_other_files_make_no_pair() -> None:
    assert photo_pairs((SCAN,), ROUNDS) == []


def test_the_round_of_a_photo_was_deleted() -> None:
    assert photo_pairs((DARK, BRIGHT), ROUNDS[:1]) == [Pair(1, (DARK,), (BRIGHT,))]


photos = st.lists(
    st.builds(
        Attachment,
        key=st.uuids().map(str),
        stage=st.sampled_from(["", "before", "after"]),
        round=st.sampled_from(["", "r1", "r2", "gone"]),
    ),
    unique_by=lambda photo: photo.key,
)


@given(photos, st.sampled_from([ROUNDS[:count] for count in range(3)]))
def test_every_staged_photo_is_in_its_pair_once(
    given_photos: list[Attachment], rounds: tuple[Round, ...]
) -> None:
    pairs = photo_pairs(given_photos, rounds)
    own = [photo for pair in pairs if not pair.is_carried for photo in pair.before]
    own += [photo for pair in pairs for photo in pair.after]
    staged = [photo for photo in given_photos if photo.stage]
    assert sorted(photo.key for photo in own) == sorted(photo.key for photo in staged)
