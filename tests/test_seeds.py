"""Transcripts damaged by a conversion from PDF: the answers are found where they stand, and judged rightly.

One such transcript was handed in by a student and is skipped where it is not at hand; the other is made up here, with
the same kinds of damage: escaped bold marks, replies without a label, a table that lost the labels of its rows, dashes
of a list that look like a minus sign, and the annotator's remarks between the lines.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from shared import own_course, own_truths

from grader.intake.claims import claims_of_conversation
from grader.intake.documents import read_document
from grader.intake.talks.transcripts import read_conversation
from grader.records import Claim, Result, Status
from grader.scoring.score import score_claim
from grader.scoring.truth import Truth
from grader.specs import Course

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT.parent / "shared" / "seeds" / "001_c200a5a8a91d8f0a.txt"

Results = dict[tuple[int, str], Result]


@pytest.fixture(scope="module")
def course() -> Course:
    """The repository's own course."""
    return own_course()


@pytest.fixture(scope="module")
def truths() -> dict[tuple[str, str], Truth]:
    """What the solvers say."""
    return own_truths()


def graded(path: Path, course: Course, truths: dict[tuple[str, str], Truth]) -> Results:
    """Reply and part to result; every span holds the words of its claim, in the text as it is read."""
    document = read_document(path, 10**7)
    places = document.places
    conversation = read_conversation(path, course.problems)
    results: Results = {}
    for claim in claims_of_conversation(conversation, course.problems):
        problem = next(p for p in course.problems if p.id == claim.problem)
        part = problem.part(claim.part)
        verdict = score_claim(problem, part, claim, truths[claim.problem, claim.part])
        results[claim.turn or 0, f"{claim.problem}/{claim.part}"] = Result(claim, verdict)
        if claim.span is not None:
            said = document.text[claim.span.start : claim.span.end]
            assert len(said) == len(claim.text)
            assert all(there == here for there, here in zip(said, claim.text, strict=True) if not here.isspace())
            line = document.text.count("\n", 0, claim.span.start) + 1
            assert claim.span.line == (places.line(line) if places is not None else line)
    return results


def line_of(claim: Claim) -> int:
    """Where the answer begins."""
    assert claim.span is not None, f"nothing was found for {claim.problem}/{claim.part}"
    return claim.span.line


# ---------------------------------------------------------------- a transcript as it was handed in


@pytest.fixture(scope="module")
def seed(course: Course, truths: dict[tuple[str, str], Truth]) -> Results:
    """The graded transcript."""
    if not SEED.exists():
        pytest.skip("the seeds are not at hand")
    return graded(SEED, course, truths)


@pytest.mark.parametrize(
    ("turn", "part", "lines"),
    [
        (1, "ssm-kernels/b.i", {66}),
        (1, "ssm-kernels/b.ii", {79}),
        (6, "purification/a.i", set(range(467, 496))),
        (6, "purification/a.ii", {509, 511}),
        (6, "purification/c", {613}),
        (7, "ridge-attention/c", {701}),
        (7, "ridge-attention/d", {712}),
        (7, "ridge-attention/e", {729}),
    ],
)
def test_the_answers_of_a_student_s_transcript(seed: Results, turn: int, part: str, lines: set[int]) -> None:
    """Each stands where a person sees it, is given in this reply, and is right."""
    result = seed[turn, part]
    assert line_of(result.claim) in lines
    assert result.claim.carried is False
    assert result.claim.rivals == ()
    assert (result.verdict.status, result.verdict.credit) == (Status.CORRECT, Fraction(1))


def test_later_replies_of_a_student_s_transcript_carry(seed: Results) -> None:
    """Replies 2 to 5 are about other parts of problem 1; the kernels stay those of reply 1."""
    for turn in range(2, 8):
        for part, line in (("ssm-kernels/b.i", 66), ("ssm-kernels/b.ii", 79)):
            claim = seed[turn, part].claim
            assert (claim.carried, line_of(claim)) == (True, line)
    for part in ("purification/a.i", "purification/a.ii", "purification/c"):
        assert seed[7, part].claim.carried is True
        assert seed[7, part].verdict.status is Status.CORRECT
    assert {turn for turn, part in seed if part.startswith("purification")} == {6, 7}
    assert {turn for turn, part in seed if part.startswith("ridge")} == {7}


# ---------------------------------------------------------------- one of our own, damaged in the same ways


DAMAGED = r"""

# A model on homework eight

## 1 Problem 1

User: [\[sheet.pdf\]](#) Here is the sheet. Please do problem 1.

LLM: Two kernels are wanted; I go through them one by one.

#### 1.1 (b) Examples

##### 1.1.1 i. One state

We have:  $A = 0.8, B = 1, C = 1.5, D = \delta$  -  $x_0 = 0$

- $K_0 = D = \delta$
- $K_1 = CB = 1.5$
- $K_2 = CAB = 1.5 \times 0.8 = 1.2$
- $K_3 = CA^2B = 1.5 \times 0.64 = 0.96$
- $K_4 = CA^3B = 1.5 \times 0.512 = 0.768$

\*\*Result:\*\*  $K = [\delta, 1.5, 1.2, 0.96, 0.768]$

That is right, remarks the annotator, who would have liked 6/5 for 1.2.

##### 1.1.2 ii. Two states

Now  $A^2 = \begin{bmatrix} 0.51 & 0.13 \\ 0.26 & 0.38 \end{bmatrix}$  - so the products are

- $K_2 = CAB = C \begin{bmatrix} 0.7 \\ 0.2 \end{bmatrix} = 0.7 - A^2 B = \begin{bmatrix} 0.51 \\ 0.26 \end{bmatrix}$
- $K_3 = CA^2B = 0.51$

\*\*Kernel:\*\*  $K = [0, 1, 0.7, 0.51]$

This is fine. **No remarks.**

User: And what would change with 4 states? No need to do (b) again.

Then  $A$  has 16 entries, each power costs more, and the lists grow no longer: L = 4 still.

This does not answer much, but it is not wrong.

### 2 Problem 3

User: Solve problem 3.

I shall take problem 3 in order.

#### 2.1 (a) Two encoders

##### 2.1.1 i. Losses

**Encoder  $\alpha$ :**

Reconstruction loss:

$$\|X - X\|_F^2 = 0$$

Regularization loss:

$$\|I_2\|_F^2 = 1 + 1 = 2$$

**Encoder  $\beta$ :**

Reconstruction loss:

$$0.02^2 + (-0.01)^2 + 0.01^2 + (-0.02)^2 = 0.001$$

Regularization loss:

$$1^2 + 0^2 + 0^2 + 0^2 = 1$$

\*\*In one table:\*\*

Encoder	Reconstruction	Regularization
0   2		¶
0.001   1		¶

##### 2.1.2 ii. Comparison

The totals are  $2\lambda$  and  $0.001 + \lambda$ . We want

$$2\lambda > 0.001 + \lambda$$

\*\*Answer:\*\* For  $\lambda > 0.001$ , encoder  $\alpha$  loses more.

---

#### 2.2 (c) Range

Values:  $\{10, 8, 4, 1, 0.5, 0.36, 0.16, 0.01\}$

Wanted: 1. \*\*Keep 802. \*\*Cut 50

\*\*First:\*\* For  $\sigma_3 = 4$ :

$$\frac{16}{16 + \lambda} \geq 0.8$$

$$\lambda \leq 4$$

\*\*Second:\*\* For  $\sigma_4 = 1$ :

$$\lambda \geq 1$$

\*\*Answer:\*\*  $1 \leq \lambda \leq 4$

All right here; the 5 weak directions are gone, and 3 stay.

## 3 Problem 4

User: Solve problem 4.

The costs, part by part.

(c) Cost of one layer

\*\*Steps:\*\*

1. \*\*Sum up  $K^\top K$ :\*\* - Cost:  $O(nd^2)$

2. \*\*Invert:\*\* - a  $d \times d$  matrix:  $O(d^3)$

\*\*Total:\*\*  $O(nd^2 + d^3)$

As  $d < n$  :

\*\*Answer:\*\*  $O(nd^2)$

Right, says the annotator; the bound O(n^2 d^2) would not be tight.

—  ¶
(d) Gradients

\*\*Answer:\*\* These all receive gradients: - the ridge  $\lambda$  - the keys - the values - the queries

Right.

—  ¶
(e) One update

\*\*Steps:\*\* 1.  $M^{-1}u$ :  $O(d^2)$  2.  $v^\top M^{-1}u$ :  $O(d)$  3. dividing:  $O(1)$  4. the dyad:  $O(d^2)$

\*\*Answer:\*\*  $O(d^2)$

Right, though a word on the  $d^2$  entries is missing.
""".replace("¶", "")  # which keeps the spaces and tabs at the ends of lines


@pytest.fixture(scope="module")
def damaged(course: Course, truths: dict[tuple[str, str], Truth], tmp_path_factory: pytest.TempPathFactory) -> Results:
    """Our own damaged transcript, graded."""
    path = tmp_path_factory.mktemp("damaged") / "print.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    return graded(path, course, truths)


def lines_with(*words: str) -> set[int]:
    """Numbers of the lines that hold one of the words."""
    return {n for n, line in enumerate(DAMAGED.splitlines(), 1) if any(w in line for w in words)}


@pytest.mark.parametrize(
    ("turn", "part", "lines"),
    [
        (1, "ssm-kernels/b.i", lines_with(r"K = [\delta, 1.5")),
        (1, "ssm-kernels/b.ii", lines_with("K = [0, 1, 0.7")),
        (3, "purification/a.i", set(range(min(lines_with(r"\|X - X\|")), max(lines_with("0.001   1")) + 1))),
        (3, "purification/a.ii", lines_with("loses more")),
        (3, "purification/c", lines_with(r"1 \leq \lambda \leq 4")),
        (4, "ridge-attention/c", lines_with("Answer:\\*\\*  $O(nd^2)$")),
        (4, "ridge-attention/d", lines_with("These all receive")),
        (4, "ridge-attention/e", lines_with("Answer:\\*\\*  $O(d^2)$")),
    ],
)
def test_the_answers_of_a_damaged_transcript(damaged: Results, turn: int, part: str, lines: set[int]) -> None:
    """Found on their line, through escaped marks and lost labels, without remarks as rivals, and right."""
    result = damaged[turn, part]
    assert lines
    assert line_of(result.claim) in lines
    assert (result.claim.carried, result.claim.rivals) == (False, ())
    assert (result.verdict.status, result.verdict.credit) == (Status.CORRECT, Fraction(1))


def test_replies_without_labels_are_told_apart(damaged: Results) -> None:
    """Four replies, three of them unlabelled; each carries what the earlier ones answered."""
    assert {turn for turn, _ in damaged} == {1, 2, 3, 4}
    for turn in (2, 3, 4):
        for part in ("ssm-kernels/b.i", "ssm-kernels/b.ii"):
            assert damaged[turn, part].claim.carried is True
            assert damaged[turn, part].claim.span == damaged[1, part].claim.span
    for part in ("a.i", "a.ii", "c"):
        assert damaged[4, f"purification/{part}"].claim.carried is True
    assert {turn for turn, part in damaged if part.startswith("ridge")} == {4}


@pytest.mark.parametrize(
    ("old", "new", "turn", "part", "status"),
    [
        (r"[\delta, 1.5, 1.2, 0.96, 0.768]", " [1.5, 1.2, 0.96, 0.768, 0.6144]", 1, "ssm-kernels/b.i", "partial"),
        ("K = [0, 1, 0.7, 0.51]", "K = [0, 1, 0.7, ▯▯", 1, "ssm-kernels/b.ii", "unreadable"),
        (r"For  $\lambda > 0.001$", r"For  $\lambda \geq 0.001$", 3, "purification/a.ii", "partial"),
        (r"*  $1 \leq \lambda \leq 4$", r"*  $1 < \lambda < 4$", 3, "purification/c", "partial"),
        (r"*  $1 \leq \lambda \leq 4$", r"*  $1 \leq \lambda \leq$", 3, "purification/c", "unreadable"),
        (r"Answer:\*\*  $O(nd^2)$", r"Answer:\*\*  $O(n^2)$", 4, "ridge-attention/c", "incorrect"),
        (r"the ridge  $\lambda$  - the keys", "the keys", 4, "ridge-attention/d", "partial"),
        (r"Answer:\*\*  $O(d^2)$", r"Answer:\*\*  $O(d^3)$", 4, "ridge-attention/e", "partial"),
    ],
)  # fmt: skip
def test_a_slip_in_a_damaged_transcript_is_seen(
    course: Course, truths: dict[tuple[str, str], Truth], tmp_path: Path,
    old: str, new: str, turn: int, part: str, status: str,
) -> None:  # fmt: skip
    """The same text with one answer changed: the right values that stand elsewhere do not cover for it."""
    assert DAMAGED.count(old) == 1
    path = tmp_path / "print.txt"
    path.write_text(DAMAGED.replace(old, new), encoding="utf-8")
    assert graded(path, course, truths)[turn, part].verdict.status.value == status
