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

PRONOUNS = frozenset("it this that they it's that's".split())
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

CHOICES = frozenset("choose pick select tick mark vote go going went".split())
"""Verbs by which an answer is chosen."""

CHOOSING = frozenset((verb, link) for verb in CHOICES for link in ("with", "for"))
"""Right before a class: it is chosen."""

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
    "because since as for by due in when if iff only unless except provided and but or nor so hence "
    "therefore thus that whenever at on to here too always even then which with from we it the this every "
    "all take consider let there a an one counterexample counter not given assuming is are was would e i "
    "although though whereas while like under via using see over how what you they these those be anyway "
    "obviously clearly indeed again either actually any each both no also my your its their where can "
    "could does do will must may after before whose think guess sorry please".split()
)
"""May follow a predicate; another word would be the noun to which it belongs."""

REASONS = frozenset(
    "because since as for by it the this that not every all take consider let there a an we they and or but".split()
)
"""May follow a bare answer: the reason begins."""

REVISES = frozenset("wait actually correction corrected oops sorry hmm edit revised update".split())
"""What was said before is taken back."""

TRUE_THAT = frozenset("true correct right case".split())
"""Before “that” and a class: what follows is affirmed."""

FALSE_THAT = frozenset("false wrong incorrect untrue".split())
"""Before “that” and a class: what follows is denied."""

CASES = frozenset({"if", "suppose", "assume", "assuming", "when", "whenever", "unless"})
"""At the front of a sentence: a case is looked at."""

OPPOSITES = frozenset({"opposite", "contrary", "negation", "reverse", "converse", "inverse", "contrapositive"})
"""What is said of these is not said of the claim."""

WORK = frozenset(
    "answer answers solution proof reasoning argument calculation attempt response reply work part section "
    "analysis".split()
)
"""May be right or wrong besides the claim."""

NO_ONE = frozenset({"nobody", "none", "no", "nothing", "without"})
"""Further back in a clause these deny something, and it is open what."""

NO_DENIAL = frozenset({"hard", "difficult", "surprising", "only", "longer"})
"""After “not” these deny nothing: “it is not hard to see that”."""

AGAINST = frozenset({"but", "however", "yet", "nevertheless"})
"""What follows is set against what was said before."""

OBJECTS = frozenset(
    "identity equality inequality equation formula property theorem lemma rule result relation condition law "
    "equivalence code program expression comparison for all every any each both sides n x y matrices matrix "
    "vectors numbers".split()
)
"""What a claim may be about."""

JUDGING = frozenset({"wrong", "incorrect", "correct", "right", "valid", "invalid"})
"""May be said of an answer or a proof as well as of the claim."""

BEFORE_PREDICATES = (
    COPULAS
    | ADVERBS
    | NEGATORS
    | HEDGES
    | CLAIMS
    | OPINIONS
    | CHOICES
    | {"as", "that", "or", "and", "but", "from", "means", "longer"}
)
"""May stand right before a predicate such as “true”; an article would make it part of a name."""

LABELS = ANSWERS | CLAIMS | PRONOUNS | REVISES
"""May stand before a bare answer and say nothing."""

FILLERS = ANSWERS | BETWEEN | REVISES
"""May stand beside a class in a bare answer and say nothing."""

SPOKEN = (
    FILLERS | NEGATORS | HEDGES | OPINIONS | CHOICES | CONCLUDES | AGAINST
    | frozenset("; longer means far from i'd i'll i'm am we with can see conclude claim given fairly pretty".split())
    | frozenset("very sure confident certain turns turned out shows show proves".split())
    | frozenset("prints returns outputs gives evaluates".split())
)  # fmt: skip
"""All that stands before a class where the sentence is about nothing else than the question."""
