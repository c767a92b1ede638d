"""TeX as far as it has to be carried out to read an answer: macros, environments, counters that a document defines."""
