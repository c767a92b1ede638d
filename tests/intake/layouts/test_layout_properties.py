"""Whatever stands in a folder or an archive, every file of it is accounted for once."""

from __future__ import annotations

import tempfile
from pathlib import Path

from handed_in import packed
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.diagnostics import InputError
from grader.intake.handins.submissions import read_submissions
from grader.intake.layouts import layouts

METADATA = b"submission_1:\n  :submitters:\n  - :name: Ada\nx.md:\n  :submitters:\n  - :sid: '7'\n"

PIECES = st.sampled_from(
    """
    ada|Emmy N|a_1_2_hw.md|a_LATE_1_3_hw-1.md|a_1_4_hw.zip|B B_7_assignsubmission_file_|x.md|x.tex|photo.png|..|_1_2_.md
    B B_7_assignsubmission_onlinetext_t.html|submitted|ps1|timestamp.txt|submission_1|submission_metadata.yml|README.md
    roster.csv|\u202e.md|é.md|e\u0301.md|a\tb.md
    """.strip()
    .replace("\n    ", "|")
    .split("|")
)
PATHS = st.lists(st.lists(PIECES, min_size=1, max_size=4).map("/".join), min_size=1, max_size=8, unique=True)


@settings(max_examples=200, deadline=None)
@given(names=PATHS, layout=st.sampled_from(["", *layouts()]))
def test_no_file_is_lost_and_none_counts_twice(names: list[str], layout: str) -> None:
    """Each is an answer of one student, or is named in a message; or the whole is refused with a reason."""
    more = {name: METADATA for name in names if name.endswith("submission_metadata.yml")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.zip"
        path.write_bytes(packed(*names, more=more))
        try:
            found = read_submissions(path, layout=layout)
        except InputError as error:
            assert error.diagnostics[0].code.startswith(("layout-", "archive-"))
            return
        answers = [str(file) for one in found.submissions for file in one.files]
        notes = [d.span.file for one in found.submissions for d in one.diagnostics if d.span]
        notes += [d.span.file for d in found.notes if d.span]
    assert len(answers) == len(set(answers))
    told = {*answers, *notes}
    quiet = ("timestamp.txt", "submission_metadata.yml")  # what a layout itself reads
    if found.layout == "nbgrader":
        return  # files of other steps and assignments are not asked for
    others = [name for one in found.submissions for name in one.delivery.others]
    lost = [name for name in names if f"{path}/{name}" not in told and not name.endswith(quiet)]
    assert [name for name in lost if not any(Path(name).name.rpartition("_")[2] in text for text in others)] == []
