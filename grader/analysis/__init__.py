"""What a run says as a whole: changes after hints, totals, difficulty, common wrong answers.

Everything here is exact: counts with their denominators and fractions, never a bare percentage.
Statuses that carry no marks are counted apart and never as wrong.
"""
