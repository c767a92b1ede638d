"""Who may be speaking, by the manner of the words: one who asks, a model that replies, one who remarks on it.

Each function gives points for declared signs, each of which counts once. Their sum is held against a threshold where
the words stand.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from grader.intake.talks.names import NAMED_MODEL

_MOST = 1200  # characters of a stretch that are looked at: how it begins tells who speaks

Sign: TypeAlias = tuple[int, re.Pattern[str]]


def _sign(points: int, *ways: str) -> Sign:
    """A sign that shows in any of several ways; those that begin with ``(?i)`` read small and capital letters alike."""
    plain = [way for way in ways if not way.startswith("(?i)")]
    either = [way[4:] for way in ways if way.startswith("(?i)")]
    pieces = [*plain, *([f"(?i:{'|'.join(either)})"] if either else [])]
    return points, re.compile("|".join(pieces))


def _points(signs: tuple[Sign, ...], words: str) -> int:
    return sum(points for points, sign in signs if sign.search(words))


_NOT = r"(?:n['’]t| not)"
_DOES = (
    r"(?:(?:did|does|was|is|performed) (?:very |really |quite |surprisingly |extremely )?"
    r"(?:well|fine|great|poorly|badly|good|strong)\b"
    r"|overlook|struggl|propos|miss(?:es|ed)|fail|forg[eo]t|got\b|gets\b|gave\b|gives up|ignor|confus|mis\w+s\b"
    r"|mistak"
    r"|misunder|hallucinat|seems? to|appears? to|was able|is able|(?:did|does|could)(?:n['’]t| not)|can(?:not|['’]t)"
    r"|ma(?:de|kes) (?:a|an|the|some|no)\b|insist|admit|reali[sz]|caught|catches|answer(?:s|ed)\b|respond|solv(?:es"
    r"|ed)\b"
    r"|handl|start(?:s|ed)\b|end(?:s|ed) up|repeat|skip|tr(?:ies|ied)\b|need(?:s|ed)\b|arriv|reach|explain(?:s|ed)"
    r"|underst(?:ood|ands))"
)  # what a reader says of a model that solves problems; a model of a system does none of it
_ADVERB = r"(?:also|again|still|then|correctly|incorrectly|really|just|only)"

_REMARKING = (
    _sign(3, rf"{NAMED_MODEL.pattern}(?:['’]s)?(?=[ \t\n])"),
    _sign(3, rf"\b[Tt]he (?:model|AI|assistant|chatbot|bot)(?:['’]s\b|[ \n](?:{_ADVERB} )?{_DOES})"),
    _sign(
        3,
        r"\b(?:same|similar|different)[\w ]{0,20}(?:approach|method|argument|answer|strategy)[\w ]{0,12}"
        r"(?:as|to|from|than) the (?:answer )?(?:key|solution|official)\b",
    ),
    _sign(
        2,
        r"(?i)\bthe (?:answer|official|solution) key\b",
        r"(?i)\bthe key(?=[.,);!?]|\s*$|[ \n](?:and|but|which|uses|used|does|says)\b)",
        r"(?i)\bofficial solutions?\b",
    ),
    _sign(
        2,
        r"\bI (?:had to|tr(?:y|ied) to|(?:gave|provided) (?:him|it|the)|guided|nudged|(?:re-?)?prompted"
        r"|\(personally\))",
        r"\bmy (?:fault|prompt|hint)s?\b",
    ),
    _sign(
        2,
        rf"\b(?:[Ii]t|[Hh]e) (?:(?:{_ADVERB}|now) )?(?:(?:does|did|could){_NOT}|miss(?:es|ed)|fail(?:s|ed)"
        rf"|forg[eo]ts?|got"
        r"|overlook(?:s|ed)|struggle[sd]|ignore[sd]|confuse[sd]|makes|made|assume[sd]|reali[sz]e[sd])\b",
    ),
    _sign(
        2,
        r"(?i)\b(?:zero|one)-shot\b",
        r"(?i)\bhallucinat",
        r"(?i)\bwith (?:a lot of |some |a little )?(?:help|hints?|guidance|prodding)\b",
        r"(?i)\bafter (?:a|one|two|some|several) hints?\b",
    ),
    _sign(
        1,
        r"(?i)\b(?:(?:under|over)estimat|struggl|overlook|misunderst|under\w*detailed)",
        r"(?i)\b(?:slightly detailed|more detail|more explanation|logically sound|useless)\b",
    ),
    _sign(
        1,
        r"(?i)\b(?:the|its|this|that) (?:reasoning|response|explanation|interpretation|self-check)s? "
        r"(?:is|was|are|were|seems?|looks?|shows?)\b",
    ),
    _sign(
        1,
        rf"^\W{{0,4}}(?:Overall|All in all|In summary|To sum up|In conclusion|In short),? "
        rf"(?:the model|it|he|{NAMED_MODEL.pattern}) ",
    ),
    _sign(1, r"\b(?:its|his) (?:strategy|approach|thinking|mistakes?|answers?|own)\b"),
)
_JUDGING = re.compile(
    r"[\s>*_(\[\"“]*(?:(?:This|That|It|All(?: of this)?|Everything|Both|The (?:final )?(?:answer|result|solution"
    r"|reasoning)"
    r"|(?:This|The) (?:section|part|reply|response|answer))(?:['’]s| is| are| was| were| looks?| seems?)?[ \n])?"
    r"(?:(?:now|still|also|all|again|entirely|completely|fully|totally|mostly|largely|partially|partly|almost|nearly"
    r"|technically|not|quite|much|finally|basically|essentially|indeed)[ ,\n]{1,2}){0,4}"
    r"(?:correct|right|wrong|incorrect|better|good|fine|perfect|true|false|missed|great|mistaken|misleading"
    r"|excellent|nice"
    r"|impressive|interesting|inaccurate|accurate)\b",
    re.IGNORECASE,
)
_AS_MODEL = re.compile(
    r"\b[Yy]ou(?:r|rs|['’]re)?\b|\b[Ll]et (?:me|us)\b|\b[Ll]et['’]s\b|\bI['’]ll\b|\bI (?:will|apologi[sz]e)\b"
    r"|\bwe (?:have|get|need|can|find|obtain|use|compute|know|see)\b"
)
_LAID_OUT = re.compile(r"\s*(?:#|[-*+][ \t]|\d{1,2}[.)][ \t])")


def judges(words: str) -> bool:
    """Whether a stretch opens with a judgement: “entirely correct”, “this is still wrong”, “better now”."""
    return _JUDGING.match(words[:300]) is not None


def remarking(words: str) -> int:
    """Points for a person who talks about the model's reply; 3 and more are one sure sign."""
    head = words[:_MOST]
    points = _points(_REMARKING, head) + judges(head)
    if _AS_MODEL.search(head):
        points -= 2
    if "$$" in head or _LAID_OUT.match(head):
        points -= 2
    return points


_SURE_OPENING = (
    r"You(?:['’]re| are) (?:absolutely |completely |quite |totally )?(?:right|correct)"
    r"|(?:Great|Good|Excellent) (?:question|catch|point|observation)|I apologi[sz]e|(?:My )?[Aa]pologies"
    r"|Thank(?:s| you) for (?:the|your|catching|pointing|pushing)"
    r"|Let me (?:re\w+|think|check|work|solve|double|break|walk|go|start|carefully|address|verify)"
    r"|Let['’]s (?:solve|work|go|break|tackle|start|carefully|re\w+|think through|analy[sz]e)"
    r"|I['’](?:ll|d be (?:happy|glad)|m (?:excited|happy|glad|ready))\b"
    r"|I (?:will|can) (?:solve|help|work|walk|now|re\w+|go)\b"
    r"|(?:Sure|Certainly|Of course|Absolutely)[,!.]|(?:Hello|Hi)!|H(?:i|ey) there|Below is"
    r"|Here(?:['’]s| is| are) (?:an?|the|my|how|your|each|both|solutions?|complete)\b|Revised "
    r"|(?:Detailed |Complete |Full |Step-by-step )?Solutions? (?:to|for|of) |好的|当然|您说得对|你说得对"
)
_BEFORE = r"[\s>*_#]*(?:[^\w\s]{1,4}[ \t]?)?"
_OPENING = re.compile(
    rf"{_BEFORE}(?:{_SURE_OPENING}|To (?:solve|answer|address|find|determine) |We (?:are|will|need|solve|can) )"
)
_SURELY = re.compile(rf"{_BEFORE}(?:{_SURE_OPENING})")
_OFFER = re.compile(
    r"\b(?:would you like|do you want|shall I|should I|if you['’]d like|you were looking for"
    r"|does (?:this|that) (?:help|make sense|answer))\b",
    re.IGNORECASE,
)
_MODEL_SIGNS = (
    _sign(
        1,
        r"(?i)feel free to ask",
        r"(?i)let me know if",
        r"(?i)hope this helps",
        r"(?i)would you like me to",
        r"(?i)does this (?:help|make sense)",
        r"(?i)if you (?:have|need|want|['’]d like) ",
    ),
    _sign(
        1,
        r"\b(?:[Tt]herefore|[Tt]hus|[Hh]ence),? |\b[Ss]elf-[Cc]heck\b|\bStep \d\b|\b(?:Key|Core) (?:insight|idea)\b"
        r"|\bFinal [Aa]nswer\b",
    ),
    _sign(1, "✅|🔹|🔍|🎯|📌|❓|😊"),
)
_PRAISE = (
    r"(?:(?:Good(?: job)?|Great(?: job)?|Very good|Nice(?: work)?|Okay|Ok|Well done|Thanks|Thank you|Perfect|Now"
    r"|Next|Please"
    r"|And|So|Hmm|Alright|Wait)[,.! ]{1,3}){0,3}"
)
_PLEASE = r"(?:please |now |can you |could you |let['’]?s |I want you to |I['’]d like you to |try to |try ){0,3}"
_DO = (
    r"(?:solve|do|answer|(?:re)?think|(?:re-?|double[- ]?)?check|(?:re)?consider|redo|try|look|explain|write"
    r"|go (?:on|to|ahead)"
    r"|continue|move on|give|show|prove|derive|compute|help|read|see|verify|revise|correct|fix|proceed|complete|finish"
    r"|let['’]?s)\b"
)
_ASKING = (
    _sign(3, rf"(?i)^\W{{0,4}}(?:Hi|Hello|Hey|Dear)\b[ ,]{{0,2}}(?:there[ ,]{{1,2}})?{NAMED_MODEL.pattern}"),
    _sign(
        3,
        r"(?i)\b(?:are|were) you (?:really |absolutely |quite |completely )?(?:sure|certain)",
        r"(?i)\b(?:can|could|will|would|do|did|have|why did|why do|how did|how do) you\b[^.!\n]{0,160}\?",
    ),
    _sign(
        2,
        r"(?i)\byour (?:answer|reply|response|solution|derivation|reasoning|analysis|work|result|final|previous|last"
        r"|calculation|proof|formula|expression)\b",
        r"(?i)\byou (?:are|will be) my\b",
    ),
    _sign(2, rf"(?i)^\W{{0,4}}{_PRAISE}{_PLEASE}{_DO}"),
    _sign(
        2,
        r"(?i)^\W{0,4}(?:[a-z]{2,9}[,.!]{1,2} ){0,2}(?:now|next)\b(?!,? (?:let|we|I)\b)"
        r"[^\n]{0,60}(?:problem|question|part|\([a-z]\))",
        r"(?i)\bplease[.!]{0,3}\s*$",
        r"(?i)^\W{0,4}(?:that is |that's |this is )?(?:wrong|not right|incorrect)\b[^\n]{0,80}$",
    ),
    _sign(2, r"\?\s*$"),
    _sign(1, r"^[^?\n]{0,200}\?"),
    _sign(
        1,
        r"(?i)^\W{0,4}(?:for|in|about|regarding|on|and|what about) (?:the )?(?:part|problem|question|exercise)s?\b",
    ),
    _sign(
        1,
        r"(?i)^\W{0,4}(?:is it not|(?:is|would|do|should)n['’]?t|don['’]?t you|what (?:is|about|if)|why|how|where"
        r"|are there"
        r"|does|is|but)\b",
    ),
)


_OF_ONESELF = re.compile(
    r"\b[Ii] (?:was (?:surprised|impressed|disappointed|able)|think it|found (?:it|that)|(?:re-?)?prompted|had to"
    r"|gave (?:it|up)|learn(?:ed|t)|noticed|tried|asked)\b"
)


def tells_of_oneself(words: str) -> bool:
    """Whether somebody tells what they did with a model, or thought of it: “I was surprised”, “I had to ask twice”."""
    head = words[:_MOST]
    return _OF_ONESELF.search(head) is not None and _OPENING.match(head) is None


def replying(words: str) -> int:
    """Points for a model that replies; 3 is a reply's opening words."""
    head = words[:_MOST]
    return (3 if _OPENING.match(head) else 0) + _points(_MODEL_SIGNS, head)


def asking(words: str) -> int:
    """Points for a person who asks or tells the model what to do; 3 and more are one sure sign."""
    head = words[:_MOST]
    return 0 if _OFFER.search(head) else _points(_ASKING, head) - (3 if _OPENING.match(head) else 0)


def opening(words: str) -> bool:
    """Whether a stretch begins with the words with which models begin a reply."""
    return _OPENING.match(words[:200]) is not None


def surely_opening(words: str) -> bool:
    """The same for words that a problem's text does not have at the start of a line."""
    return _SURELY.match(words[:200]) is not None
