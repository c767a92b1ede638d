"""What a run leaves behind for other programs: ``results.jsonl`` and ``grades.csv``."""
