"""What the words of a person's turn show by themselves: a challenge, praise, a wish about the form, “go on”."""

from __future__ import annotations

import re

_LONGEST = 400  # characters of a turn that may be a challenge and nothing else
_CHALLENGE = re.compile(
    r"^\W*(?:sure|nope|nah)\b|^\W*(?:h+m+|huh)\b|\b(?:are you (?:\w{1,10}%? )?(?:sure|certain|confident)"
    r"|(?:double|re)[- ]?check(?:ing)?"
    r"|check (?=(?:\w+ ){0,3}again)|(?:try|think|look)(?=(?: \w+){0,3} again)|is (?:that|this|it) (?:right|correct)"
    r"|verify|reconsider|rethink|really|sure about (?:that|this|it)|look it over|once more|i don'?t think so"
    r"|not (?:so |quite |entirely )?(?:convinced|sure|certain|right|correct)|wrong|incorrect|mistaken?|disagree"
    r"|does(?: not|n[’']?t) (?:seem|look|sound|feel) (?:quite |entirely )?(?:right|correct)"
    r"|not what i (?:got|get|have|found|expected)|step by step"
    r"|doubt|something (?:else|different)|(?:a )?different(?: answer| result)?"
    r"|(?:think|check|look)(?: \w+){0,2} carefully)\b",
    re.IGNORECASE,
)
_EMPTY_WORD = re.compile(
    r"(?:"
    r"a|about|again|all|an|and|answer|answers|are|be|calculation|calculations|"
    r"can|carefully|check|could|do|for|give|go|have|i|in|is|it|just|look|me|"
    r"more|my|no|of|ok|okay|on|once|one|over|please|previous|reasoning|result|"
    r"results|right|so|solution|sure|that|the|these|think|this|those|to|try|"
    r"we|well|what|will|with|work|would|you|your|hmm|wait|really|"
    r"m|am|s|t|looks?|seems?|final|state|friend|friends|colleague|professor|teacher|others?|got|gets|has|still|am|there|"
    r"thanks?|lets?|by|through|everything|whole|get|expected|"
    r"problems?|questions?|parts?|but|now|must|quite|yours|\d{1,2}|[b-n]|\d[a-n]|[ivx]{1,4}"  # “of 3(a) and 4”
    r")"
)
_ONWARD = re.compile(
    r"\W*(?:(?:please|ok(?:ay)?|yes|now|just)\W+){0,3}(?:continue|go on|go ahead|carry on|proceed|keep going|next)\b"
    r"(?:\W+please)?\W*",
    re.IGNORECASE,
)
_PRAISE = frozenset(
    "great good nice perfect excellent correct right well done thanks thank wonderful brilliant exactly super fine cool"
    " amazing fantastic".split()
)
_AROUND_PRAISE = _PRAISE | frozenset(
    "job work you that this is it s very yes ok okay all so much indeed i see now".split()
)
_FORM = re.compile(
    r"\b(?:write|put|give|state|show|express|format|present|answer|return|rewrite|repeat|box)\b[^.?!]{0,80}"
    r"\b(?:latex|tex|markdown|json|box(?:ed)?|explicit\w{0,5}|itself|in full|one line"
    r"|a single (?:line|formula)|decimals?"
    r"|fractions?|(?:a|one) (?:table|sentence|list|formula|number)"
    r"|(?:only|just) the (?:final )?(?:answer|result|number|value|formula|interval|option|letter|class))\b"
    r"|\b(?:give|state|show)[^.?!]{0,40}\b(?:answer|result|number) only\b"
    r"|\b(?:explain|justify|show)(?: me)? (?:your|the) (?:steps?|reasoning|work(?:ing)?|derivation)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")


def is_neutral(words: str) -> bool:
    """Whether a turn only challenges: "Are you sure? Please check again." """
    if len(words) > _LONGEST or not _CHALLENGE.search(words):
        return False
    rest = _WORD.findall(_CHALLENGE.sub(" ", words).lower())
    return not [word for word in rest if not _EMPTY_WORD.fullmatch(word)]


def is_onward(words: str) -> bool:
    """Whether a turn only asks to go on."""
    return len(words) <= _LONGEST and _ONWARD.fullmatch(words) is not None


def is_praise(words: str) -> bool:
    """Whether a turn only praises or thanks."""
    found = _WORD.findall(words[: _LONGEST + 1].lower())
    return (
        len(words) <= _LONGEST and "?" not in words and _PRAISE & set(found) != set() and set(found) <= _AROUND_PRAISE
    )


def is_about_form(words: str) -> bool:
    """Whether a turn only wants the answer written in another way."""
    return len(words) <= _LONGEST and _FORM.search(words) is not None and not _CHALLENGE.search(words)
