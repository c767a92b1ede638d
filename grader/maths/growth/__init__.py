"""Asymptotic growth: functions of several variables as maxima of points on the log-scale, compared exactly.

``judge`` is the entry. ``terms`` reads a tree, with ``functions``, as a quotient of ``sums`` of points on the
``scale``; ``assume`` reads what is assumed of the variables; ``cone`` decides, with ``simplex``, whether one term can
outgrow others; ``paths`` says along which path it does; ``decide`` names the relation between two functions.
"""
