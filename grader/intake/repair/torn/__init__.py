"""Formulas that a text extraction tore out of their sentences, put back with a confidence.

Where a page of the web was printed and its text taken out, the prose comes first, with holes, and the glyphs of its
formulas follow, run by run, in the order in which they were painted. Holes and formulas keep their order. Formulas
are read by the rules of their typesetter (``flows``, ``slots``, ``constructs``, ``formulas``), holes by the signs of
a torn sentence (``holes``), and the two rows are fitted to each other (``fitting``). Nothing is known of what the
answer should be.
"""

from grader.intake.repair.torn.putting import put_back
from grader.intake.repair.torn.records import Edit, PutBack, Unsure

__all__ = ["Edit", "PutBack", "Unsure", "put_back"]
