"""The words that turn, hedge, suppose or announce what is said of a class."""

from __future__ import annotations

NEGATORS = frozenset(
    "not never nor neither isn't doesn't don't didn't wasn't aren't weren't can't cannot won't needn't "
    "isnt doesnt dont cant hasn't ≠ ¬ non".split()
)
"""Deny what follows."""

NEGATING = frozenset(
    {("fails", "to"), ("fail", "to"), ("failed", "to"), ("far", "from"), ("anything", "but"), ("no", "longer"),
     ("no", "means")}
)  # fmt: skip
"""Deny what follows, in two words."""

HEDGES = frozenset(
    "maybe perhaps possibly might may could sometimes partly partially half mostly usually often almost "
    "nearly hardly scarcely barely conditionally somewhat can".split()
)
"""Before a class: it is not said plainly."""

COPULAS = frozenset(
    "is are was be being been it's that's seems seem looks appears becomes remains isn't wasn't aren't "
    "cannot does do must should will stays".split()
)
"""Verbs that join a thing and its class."""

ADVERBS = frozenset(
    "in general generally always necessarily even really actually quite entirely completely fully exactly "
    "strictly indeed clearly definitely certainly obviously probably likely simply just also thus "
    "therefore hence so then still only surely universally at all of course however to by "
    "either both again too merely".split()
)
"""May stand between a denial and what it denies."""

PARTIAL = frozenset("always necessarily general generally quite entirely completely fully universally exactly".split())
"""Adverbs with which a denial leaves open how much is denied: “does not always converge”."""

CLAIMS = frozenset("claim statement assertion proposition conjecture sentence".split())
"""What a question about truth is about."""

PRONOUNS = frozenset("it this that which they it's that's".split())
"""Stand for it, or for something else."""

ANSWERS = frozenset(
    "answer final verdict result conclusion my the a an i think say would believe guess that so hence "
    "thus therefore is are : = ( ) [ ] { } \\boxed , — – - . yes no ok well part problem question "
    "solution decision marked as and or / but".split()
)
"""May stand before a bare answer."""

ARTICLES = frozenset("the a an this that these our my given above case".split())
"""May stand between a denial and what it denies."""

BETWEEN = COPULAS | ADVERBS | CLAIMS | PRONOUNS | ARTICLES
"""All that may stand between a denial and what it denies."""

OPINIONS = frozenset("think believe say agree feel consider go guess answer argue".split())
"""Verbs whose denial denies what is thought."""

INFERENCES = frozenset(
    "imply implies mean means show shows prove proves follow follows guarantee guarantees ensure ensures "
    "know sure clear certain decide tell determine conclude force forces make makes see check".split()
)
"""Verbs whose denial leaves open what is inferred."""

SUPPOSES = frozenset("if whether were would suppose assume assuming unless iff until had doubt doubtful".split())
"""What follows is supposed or asked, not said."""

CLAUSE = frozenset(", ; : but so therefore hence thus because since — – ( ) and ⇒ then".split())
"""A clause ends here."""

CONCLUDES = frozenset("so hence therefore thus consequently overall conclusion altogether finally ⇒".split())
"""What follows is concluded."""

CONDITIONS = frozenset("if iff when whenever provided unless except assuming given only".split())
"""Right after a class: it holds under a condition."""

AFTER_COMMA = frozenset("if iff provided unless except only assuming".split())
"""The same, after a comma."""

UNIVERSAL = frozenset(
    "all every any each arbitrary both general example instance the this these that reason reasons".split()
)
"""After “for”: no condition."""

DENIED_AFTER = frozenset("not wrong false excluded impossible incorrect ruled out".split())
"""After a class and “is”: it is denied."""

FOLLOWS = frozenset(
    "because since as for by due in when if iff only unless except provided and but or so hence therefore "
    "thus that whenever at on to here too always even then which with from we it the this every all take "
    "consider let there a an one counterexample counter not given assuming is are was would e i".split()
)
"""May follow a predicate; another word would be the noun to which it belongs."""

REASONS = frozenset(
    "because since as for by it the this that not every all take consider let there a an we they and or but".split()
)
"""May follow a bare answer: the reason begins."""

BEFORE_PREDICATES = COPULAS | ADVERBS | NEGATORS | HEDGES | CLAIMS | {"as", "that", "or", "and", "but", "say"}
"""May stand right before a predicate such as “true”; an article would make it part of a name."""

LABELS = ANSWERS | CLAIMS | PRONOUNS
"""May stand before a bare answer and say nothing."""

FILLERS = ANSWERS | BETWEEN
"""May stand beside a class in a bare answer and say nothing."""

SPOKEN = FILLERS | NEGATORS | HEDGES | OPINIONS | CONCLUDES | {";", "longer", "means", "far", "from"}
"""All that stands before a class where the sentence is about nothing else than the question."""
