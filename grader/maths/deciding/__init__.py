"""Whether two formulas, matrix formulas or equations are equal, with evidence."""
