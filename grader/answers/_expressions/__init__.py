"""Formulas as answers: reading, finding, forms, sequences given by formulas."""
