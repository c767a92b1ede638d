"""Realistic files of every format, right and broken: what the tests read and what docs/formats.md lists."""
