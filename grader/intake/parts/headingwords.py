"""The words with which headings begin: what problems and parts are called, in the usual languages."""

from __future__ import annotations

import re

from grader.intake.parts.labelpaths import GAP

WIDE = str.maketrans("（）［］【】：．，、／～　", "()[][]:.,,/~ ")
"""Full-width marks and the plain ones they stand for, one character each."""

_CALLED = (
    r"problems?|prob\.?|prb\.?|questions?|ques?\.?|qn\.?|exercises?|exer\.?|exc\.?|ex\.?|task|pb\.?"
    r"|aufgabe|übung|ejercicio|problema|pregunta|problème|exercice|esercizio|questão|exercício|zadanie"
    r"|задача|упражнение|вопрос|oppgave|uppgift|opgave|oefening|tehtävä"
    r"|zadatak|úloha|příklad|feladat|soal|câu|bài|문제|문항"
)
_IN_CHINESE = r"题目?|題目?|问题?|問題?|习题|習題|練習(?:問題)?"
_CHINESE = "一二三四五六七八九十"
_ROMAN_OR_WORD = (
    r"(?=[IVX]{1,5}\b|(?i:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b)"  # "Problem III", "… Two"
)
PROBLEM = re.compile(
    rf"(?i:{_CALLED}){GAP}(?i:no\.?|nr\.?|№)?{GAP}[#:]?[ \t\u00a0~]{{0,8}}(?:(?=\d|[A-Z]\d?\b)|{_ROMAN_OR_WORD})"
    rf"|(?:{_IN_CHINESE}){GAP}[:#]?{GAP}(?=\d|[{_CHINESE}])"
    rf"|第{GAP}(?=(?:\d{{1,3}}|[{_CHINESE}]{{1,2}}){GAP}[题題问問])"
    r"|\\(?:begin\{(?:problem|question|exercise|prob|ex)\*?\}[ \t]{0,4}[\[{]"
    r"|(?:problem|question|exercise|prob|ex)[ \t]{0,4}\{)"
    r"(?i:problem|question|exercise)?[ \t]{0,4}(?=\d)"
    rf"|[Qq]{GAP}\.?{GAP}(?=\d)|[Pp]{GAP}(?=\d{{1,2}}{GAP}[(.]|\d)"
)
"""Ahead of a problem's number: “Problem #”, “Aufgabe ”, “第” of “第3题”."""

AFTER_NUMBER = re.compile(rf"{GAP}[题題問问]|[ \t]+of[ \t]+\d{{1,3}}(?=\W*$)")
"""Behind it: “题” of “第3题”, “of 4” of “Question 3 of 4”."""

PART = re.compile(
    rf"(?i:(?:sub-?)?part(s?)|teil(?:aufgabe)?|parte|partie|apartado|inciso|часть|пункт)(?![^\W\d_]){GAP}[:-]?{GAP}(?=[(\[]?[A-Za-z0-9])"
)
"""Ahead of a part's label; group 1 is the s of the plural."""

CASE = re.compile(rf"(?i:case|example|scenario|sub-?(?:question|problem)|item){GAP}(?=\(?[ivx]{{1,4}}\b)")
"""Ahead of a roman numeral: “Case (ii)”."""

AGAIN = re.compile(
    r"(?:(?:my|the|a|new|final|full|re-?vised|corrected|updated|improved|back|on|for|re|regarding|concerning|now|next|again"
    r"|re-?(?:examin|check|visit|think|consider|do|evaluat|analy[sz]|work|vis)ing|correct(?:ing|ion)|fixing|updating"
    r"|(?:double-?)?check(?:ing)?|review(?:ing)?|re-?(?:analysis|evaluation|examination)|analysis|revision|update"
    r"|corrections?|fix|erratum|answers?|solutions?|of|to)[ \t]{1,4}){1,5}"
    r"(?=(?:parts?|problems?|questions?|exercises?)\b|\d{1,2}[ \t]?\(|\([a-z])",
    re.IGNORECASE,
)
"""Ahead of what a marked heading, or one with a colon, is about: “### Re-examining part (c)”, “Correction to (b):”."""

SEVERAL_BARE = re.compile(
    r"[a-n](?:[ \t]{0,4}(?:,[ \t]{0,4}and\b|,|and\b|&|[-–—]|to\b|through\b)[ \t]{0,4}[a-n](?![A-Za-z0-9_^'’])){1,12}",
    re.IGNORECASE,
)
"""Labels after “Parts” that stand without brackets: “c, d and e”."""

LEAD = re.compile(
    r"(?:now|next|again|also|finally|and|so|thus|hence|therefore|for|in|on|re|regarding|concerning|as for|back to"
    r"|turning to)\b:?,?[ \t]{1,4}"
    r"(?:for[ \t]{1,4}|to[ \t]{1,4})?(?=part\b|\()",
    re.IGNORECASE,
)
"""Ahead of a label that a colon closes: “For part (d):”."""

_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve".split()
_ROMANS = "I II III IV V VI VII VIII IX X XI XII".split()
_IN_CHINESE_DIGITS = [*_CHINESE, "十一", "十二"]
_WORDED = {word: str(n) for words in (_NUMBER_WORDS, _ROMANS, _IN_CHINESE_DIGITS) for n, word in enumerate(words, 1)}
_WORD = re.compile(rf"[A-Za-z]{{1,6}}\b|[{_CHINESE}]{{1,2}}")


def worded_number(line: str, at: int) -> tuple[str, int] | None:
    """The number that a word or a roman numeral gives, in digits, and its end."""
    match = _WORD.match(line, at)
    number = _WORDED.get(match.group()) or _WORDED.get(match.group().lower()) if match else None
    return (number, match.end()) if match and number else None


# What may follow a label and is an answer although it begins with a small letter: “y = Cx”, “critical path: O(n)”.
_ANSWERS = re.compile(
    r"(?:[a-z]|\\[A-Za-z]{1,20}|[^\W\d_]{1,16}(?:[ \t][^\W\d_]{1,16}){0,3})[\w{}()^\\'’,+*-]{0,40}[ \t]{0,4}"
    r"(?::=?(?!\w)|[=<>≤≥≈∈∼~]|\\(?:in|leq?|geq?|approx|equiv|sim)\b)"
)
_SENTENCE = frozenset(
    "is are was were has have had asks says wants needs requires follows uses can could should would will may"
    " might must and or but in of to from with by as at on for also then there"
    " that which who i we you it the a an this".split()
)
_FIRST_WORD = re.compile(r"[^\W\d_]+")


def reads_as_answer(rest: str) -> bool:
    """Whether what follows a label on its line, with a small letter first, states something rather than goes on."""
    if not _ANSWERS.match(rest):
        return False
    word = _FIRST_WORD.match(rest)
    return word is None or len(word.group()) == 1 or word.group() not in _SENTENCE
