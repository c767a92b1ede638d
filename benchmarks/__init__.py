"""Measurements of time and memory; run by ``make bench`` and never part of the tests."""
