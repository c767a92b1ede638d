"""The words around a made answer: how it is announced, the reasoning before it, replies without one.

All of it is written for this benchmark. An answer is wrapped by what it is made of: LaTeX goes between dollars or into
a box, a table stands by itself. Where formulas stand before an answer, the answer is announced (``Answer:``, a heading,
a box), so that no person doubts which it is.
"""

from __future__ import annotations

import random
import re

FORMS = {
    # what a reply may be in which nothing else is said, or only words without formulas; ANNOUNCED after formulas, too
    "plain": ("{a}", "{a}", "It is {a}.", "My result: {a}", "I get {a}."),
    "tex": ("${a}$", "$${a}$$", "\\[{a}\\]", "\\({a}\\)", "I get ${a}$."),
    "marked": ("{a}", "{a}", "I find {a}."),
    "words": ("{a}",),
    "block": ("{a}",),
}
ANNOUNCED = {
    "plain": (
        "Answer: {a}",
        "**Answer:** {a}",
        "Final answer: {a}",
        "**Final answer:** {a}",
        "## Final answer\n\n{a}",
        "### Answer\n\n{a}",
        "The final answer is {a}.",
        "So the final answer is: {a}",
        "I am not completely sure, but my answer is {a}.",
        "With some hesitation, final answer: {a}",
        "FINAL ANSWER: {a}",
    ),
    "tex": (
        "Answer: ${a}$",
        "**Answer:** ${a}$",
        "**Final answer:** ${a}$",
        "## Final answer\n\n$${a}$$",
        "### Answer\n\n\\[{a}\\]",
        "The final answer is ${a}$.",
        "$$\\boxed{{{a}}}$$",
        "Therefore $\\boxed{{{a}}}$.",
        "\\[\\boxed{{{a}}}\\]",
        "I am fairly, though not fully, sure. Final answer: ${a}$",
        "Final answer: \\({a}\\)",
    ),
    "marked": ("Answer: {a}", "**Answer:** {a}", "Final answer: {a}", "## Final answer\n\n{a}", "### Answer\n\n{a}"),
    "words": ("Answer: {a}", "**Answer:** {a}", "Final answer: {a}", "## Final answer\n\n{a}"),
    "block": ("## Final answer\n\n{a}", "**Answer:**\n\n{a}"),
}
BOXED = ("$\\boxed{{{a}}}$", "$$\\boxed{{{a}}}$$", "Thus \\(\\boxed{{{a}}}\\).")
"""For answers without LaTeX that look the same inside of it."""

_SAME_IN_TEX = re.compile(r"-?[\d.]+(?:/\d+)?|[A-E]|[\[(]-?\d[-\d., /]*[\])]|O\([a-zA-Z]\)")
_SENTENCE = re.compile(r"[a-zA-Z]{2,}[^a-zA-Z]+[a-zA-Z]{2,}|\.$")

FOLLOWING = (
    "Thank you, I went through it again.",
    "I have looked at this once more.",
    "You are right to ask, so I started over.",
    "Let me check my steps again.",
    "I repeated the whole derivation to be safe.",
    "That made me think again.",
)
"""How a reply to a hint may begin."""

SILENT_FIRST = (
    "I would rather understand the setting first. Which convention does the course use here?",
    "Before I begin: may I use the results of the lecture?",
    "I do not know how to do this one.",
)
SILENT_LATER = (
    "I see what you mean, and I have nothing to add to what I said before.",
    "Thank you for the remark. I stand by what I wrote.",
    "I cannot find a mistake in what I said before.",
)

GARBLED = (
    "**Answer:** $\\frac{{{n} + }}{{ \\cdot ($",
    "Final answer: $(({n} \\cdot + ]$",
    "The final answer is ${n} \\cdot + ($.",
    "## Final answer\n\n$$[{n}, \\cdot + ($$",
)
"""Announced answers, cut off or broken, of which nobody can say what was meant."""

NEUTRAL = (
    "I begin by writing down what is given and what is wanted.",
    "The definitions decide most of this, so I read them once more.",
    "There is more than one way to go, and I take the direct one.",
    "I checked the sizes of everything before I started.",
    "A small example helps to see what happens in general.",
    "The order of the factors matters here, and I kept it throughout.",
    "I worked slowly, since a slip at the beginning would go all the way through.",
    "Nothing beyond the lecture is needed.",
    "The assumptions of the question are used where they are needed and nowhere else.",
    "A sketch on paper agrees with what follows.",
    "I compared this with the extreme cases, and nothing looked odd.",
    "The first idea that comes to mind leads astray, so I went back to the definition.",
    "Each step can be undone, so nothing is lost on the way.",
    "It pays to look at the structure before any computing.",
    "I tried to find a counterexample to my own claim and found none.",
    "Two independent ways led me to the same place.",
    "The rest is a matter of careful bookkeeping.",
    "I leave out the routine steps.",
    "What is asked for is less than it seems at first sight.",
    "A friend of mine would argue by symmetry; I prefer to compute.",
)
COUNTED = (
    "That was attempt {n}, and it took me {m} minutes.",
    "I filled {n} lines of my notebook with this.",
    "I spent about {n} seconds on the first step and {m} on the rest.",
    "A similar exercise is on page {n} of my textbook.",
    "My first draft had {n} words, most of them superfluous.",
)
WORKED = (
    "As a check of my arithmetic on the side, ${n} + {m} = {sum}$.",
    "On the way I needed ${n} \\cdot {m} = {product}$ for a check.",
    "For a test I put in $t = {n}$ and $t = {m}$ and compared both sides.",
    "An auxiliary quantity is $q_{{{d}}} = {n}/{m}$; it cancels later.",
    "With the auxiliary vector $h = ({n}, {m})$ the check goes through.",
    "The auxiliary sum $\\sum_{{j=1}}^{{{d}}} j = {triangle}$ drops out again.",
)
MARK = (
    "I filed this under “{w}”.",
    "My notes on it carry the title “{w}”.",
    "I keep this sheet in the folder “{w}”.",
    "(Internal label: {w}.)",
)
"""With four words that no other reply has together."""

WORDS = (
    "amber river lattice maple copper velvet meadow harbor signal winter orchid granite canyon ribbon marble falcon "
    "ginger hazel indigo jasmine kettle lantern mosaic nectar olive pepper quartz raven saffron timber umber violet "
    "walnut yarrow zephyr acorn birch cedar dahlia ember fjord glacier heron iris juniper kelp lagoon magnet nutmeg "
    "otter pebble quill rosemary sparrow thistle urchin vanilla willow basil clover dune fern grove island"
).split()
"""64 words without a meaning in mathematics that a reply would use."""


def kind_of(answer: str) -> str:
    """What an answer is made of: ``block``, ``marked`` (formulas between dollars), ``tex``, ``words`` or ``plain``."""
    if "\n" in answer:
        return "block"
    if "$" in answer:
        return "marked"
    if "\\" in answer:
        return "tex"
    return "words" if _SENTENCE.search(answer) else "plain"


def wraps(answer: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All replies in which an answer may be given: bare ones, and announced ones that may stand after formulas.

    Args:
        answer: as in :class:`benchmarks.items.Item`.
    """
    kind = kind_of(answer)
    announced = ANNOUNCED[kind] + (BOXED if kind == "plain" and _SAME_IN_TEX.fullmatch(answer) else ())
    if kind == "plain" and "*" in answer:
        announced = tuple(form for form in announced if "**" not in form)
    return tuple(one.format(a=answer) for one in FORMS[kind]), tuple(one.format(a=answer) for one in announced)


def prose(dice: random.Random, sentences: int, formulas: bool) -> str:
    """Sentences that lead to an answer and do not hold one.

    Args:
        dice: to draw with.
        sentences: how many.
        formulas: some may have formulas.
    """
    said = []
    for _ in range(sentences):
        draw = dice.random()
        if draw < 0.5:
            said.append(NEUTRAL[int(draw * 2 * len(NEUTRAL))])
            continue
        n, m = int(dice.random() * 990) + 10, int(dice.random() * 990) + 10
        if draw < 0.7 or not formulas:
            said.append(COUNTED[n % len(COUNTED)].format(n=n, m=m))
        else:
            d = n % 97 + 3
            form = WORKED[m % len(WORKED)]
            said.append(form.format(n=n, m=m, d=d, sum=n + m, product=n * m, triangle=d * (d + 1) // 2))
    return " ".join(said)


def mark(place: int) -> str:
    """A sentence that no other reply has.

    Args:
        place: of the reply among all, from 0; up to 16,777,215 they all differ.
    """
    mixed = place * 11400713 % 2**24  # odd, so that no two places meet
    words = " ".join(WORDS[mixed >> shift & 63] for shift in (0, 6, 12, 18))
    return MARK[place % len(MARK)].format(w=words)
