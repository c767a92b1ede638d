"""Files of a folder: in natural order, without a list of it in memory; no link leads out."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from grader.intake.files import natural_bytes, natural_key, visible, walked
from grader.intake.talks.recorded import recordings_at

NAME = st.text(st.characters(exclude_characters="\0", exclude_categories=[]), max_size=8) | st.from_regex(
    r"[a-b]{0,2}[0-9]{1,12}[a-b/]{0,2}[0-9]{0,3}", fullmatch=True
)


@given(one=NAME, other=NAME)
def test_bytes_have_the_natural_order(one: str, other: str) -> None:
    """Numbers of any length, any case of letters, any script."""
    assert (natural_bytes(one) < natural_bytes(other)) == (natural_key(one) < natural_key(other))


def test_files_stand_in_natural_order_before_folders(tmp_path: Path) -> None:
    """Hidden ones and links that lead outside are left out, and the latter are told."""
    names = ("b10.md", "b9.md", "a/x.md", "a/2/y.md", "a10/z.md", "a9/z.md", ".hidden/x.md", "a/~", "c.bin")
    for name in names:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text("x", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "in/door").symlink_to(tmp_path / "out", target_is_directory=True)
    (tmp_path / "in/loop.md").symlink_to(tmp_path / "in/loop.md")
    (tmp_path / "in/inner").symlink_to(tmp_path / "in/a", target_is_directory=True)
    found, notes = visible(tmp_path / "in", frozenset({".md"}))
    told = [path.relative_to(tmp_path / "in").as_posix() for path in found]
    assert told == ["b9.md", "b10.md", "a9/z.md", "a10/z.md", "a/x.md", "a/2/y.md"]
    assert [Path(note.span.file).name for note in notes if note.span] == ["door", "loop.md"]
    assert set(walked(tmp_path / "in", frozenset({".md"}))) == {*found, tmp_path / "in/door", tmp_path / "in/loop.md"}


def test_transcripts_of_a_folder_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """With all folders between them; what leads outside is none of them."""
    for name in ("t10.md", "t9.md", "t9/a.md", "s/x.md", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("User: 1\n\nLLM: 2\n", encoding="utf-8")
    (tmp_path / "t1.md").symlink_to("/nowhere.md")
    told = [path.relative_to(tmp_path).as_posix() for path in recordings_at(tmp_path) if isinstance(path, Path)]
    assert told == sorted(told, key=lambda name: natural_key(str(tmp_path / name)))
    assert set(told) == {"t10.md", "t9.md", "t9/a.md", "s/x.md"}
