"""What expressions are worth at a point, in three fields: numbers, matrices, sums; and the points."""
