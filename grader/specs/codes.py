"""What each code of a spec's diagnostics is about, for ``grade explain CODE``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

CODES: Mapping[str, str] = MappingProxyType(
    {
        # the file
        "spec-not-found": "A spec, solver or settings file is missing, is no file, or may not be read.",
        "spec-too-large": "A file is larger than a spec may be, or aliases repeat too many values in it.",
        "spec-encoding": "A spec is not UTF-8. Save it as UTF-8 in your editor.",
        "spec-link": "A link among the specs leads outside the course, or to a folder; it is not followed.",
        # YAML
        "spec-yaml-syntax": "The file is not YAML. The place is where the reader could not go on; the cause "
        "is often just before it: an open quote or bracket, a tab, an unquoted text with a colon.",
        "spec-empty": "The file holds nothing but blanks and comments.",
        "spec-several-documents": 'A file holds one problem; a line "---" begins a second document.',
        "spec-duplicate-key": "A key stands twice in one mapping. Many YAML readers keep the last one in "
        "silence; here it is an error, because the other value would be lost.",
        "spec-key-not-text": "The name before a colon must be a text, not a list, a mapping or nothing.",
        "spec-merge-key": 'The key "<<", by which YAML 1.1 merges mappings, is not supported.',
        "spec-alias": "An alias (*name) repeats a value that is not there, or that it is itself a part of.",
        "spec-tag": "Tags (!name) ask a YAML reader to build objects; a spec holds plain data only.",
        "spec-too-deep": "Lists and mappings are nested too deeply.",
        "spec-character": "An escape stands for a character that no text can hold (U+0000, a surrogate).",
        "spec-too-many-errors": "A file has more errors than are listed; mend the listed ones first.",
        # fields
        "spec-unknown-field": "A field is not part of the format; it is probably misspelt.",
        "spec-missing-field": "A field that cannot be left out is not there.",
        "spec-wrong-shape": "A list, a mapping or a single value stands where another of these is expected. "
        "Unquoted brackets and braces make lists and mappings: quote answers such as [1, 4].",
        "spec-wrong-value": "A value is not of the kind that its field asks for.",
        "spec-blank": "A value is empty. Leave optional fields out rather than empty.",
        "spec-several-lines": "A field that is one line, such as the title, holds several.",
        "spec-two-readings": "The two versions of YAML in use read this unquoted word differently (no, 010, "
        "1:30, 2024-05-01), or it is a number that only people recognise. Quote it, or write it plainly.",
        "spec-not-a-number": "A number is expected. Write it as 3, 0.5, 1e-6 or 1/3; it is kept exactly.",
        "spec-number-too-long": "A number has more digits, or a larger power of ten, than a spec may hold.",
        "spec-not-a-flag": "true or false is expected, without quotes.",
        "spec-bad-id": "Identifiers are ASCII letters and digits joined by single hyphens or underscores; "
        "those of parts also by dots.",
        "spec-points": "Points must be more than 0.",
        "spec-credit": "A credit is a share of the points: from 0 to 1.",
        "spec-hint-kind": "A hint is none, neutral, targeted, revealing or misleading.",
        # parts among themselves
        "spec-no-parts": "A problem needs at least one part.",
        "spec-duplicate-part": "Two parts of a problem have the same id.",
        "spec-unknown-need": "A part needs a part that the problem does not have.",
        "spec-need-cycle": "Parts need each other in a circle, so none of them can come first.",
        "spec-mistake": "A mistake that a function of the solver makes is for answers that functions return, not for "
        "answers that are formulas.",
        "spec-follow-through": "follow_through asks to judge by earlier answers. So needs names the earlier parts, and "
        "the part's function has an argument for each: part_a for the answer to a.",
        "spec-decided-by-person": "Answers that a person decides have no examples and no foreseen mistakes, since the "
        "grader never marks them; criteria say what earns points.",
        "spec-criteria": "The criteria of a part do not add up to its points.",
        "spec-confirm-alone": "confirm names a second function, but solve names no first one.",
        "spec-confirm-is-solve": "A function cannot confirm itself; confirm names one that computes otherwise.",
        # values that are drawn
        "spec-draw": "A distribution under given is not one, or has no value. It looks like "
        "{draw: integer, from: 1, to: 9, default: 4}; kinds are integer, decimal, choice, sample, vector, matrix.",
        "spec-template": "In a problem with drawn values, texts are templates: {{ alpha }} or {{ A | tex }} puts a "
        "value in. This one cannot be filled.",
        # answer types
        "spec-unknown-type": "There is no answer type of this name.",
        "spec-unknown-option": "The answer type does not have this option.",
        "spec-missing-option": "The answer type needs an option that is not there.",
        "spec-option": "An option of the answer type has a value that it cannot use.",
        "spec-key": "A key is a formula that the answer type reads, such as K_ℓ = C A^{ℓ-1} B. This one cannot be "
        "read, or not be worked out with what is declared, or the solver computes such answers itself.",
        # solvers
        "spec-solver-missing": "The solver cannot be read. Its path starts at the course folder.",
        "spec-solver-path": 'A solver is a Python file; its path is written with "/" and ends in ".py".',
        "spec-solver-outside": 'A solver is inside the course folder; ".." and links may not lead out of it.',
        "spec-solver-syntax": "The solver is not valid Python.",
        "spec-solver-function": "The solver does not define a function that the spec names.",
        "spec-solver-argument": "A function of the solver needs an argument that given does not hold, or "
        "takes it by position only. Functions get those entries of given that their signature names, and "
        "where the answer has a key, also the variables of the key: λ as lam, ℓ as ell, σ as sigma, x_i as a list x.",
        # the course
        "spec-no-problems": "The course has no specs in its folder of problems.",
        "spec-duplicate-problem": "Two specs of a course have the same id; the second is left out.",
        "spec-settings-syntax": "A settings file is not TOML.",
        "spec-unknown-setting": "There is no setting of this name.",
        "spec-setting": "A setting has a value that it cannot have; the default is used in its place.",
        "spec-two-settings": "Both grade.toml and pyproject.toml hold settings; only grade.toml is used.",
    }
)
