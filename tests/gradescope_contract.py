"""What Gradescope takes as ``results.json``, and what we promise besides."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema

SCHEMA = json.loads((Path(__file__).parent / "fixtures/gradescope/results.schema.json").read_text(encoding="utf-8"))


def checked(results: dict[str, Any]) -> dict[str, Any]:
    """The results, after holding them against the contract."""
    jsonschema.Draft202012Validator(SCHEMA).validate(results)
    json.dumps(results, ensure_ascii=False, allow_nan=False).encode("utf-8")  # no lone surrogates, no NaN
    scored = [test for test in results["tests"] if "score" in test]
    assert all(test["score"] <= test["max_score"] for test in scored)
    if scored:  # every test has a score, or the whole has one: so the contract asks
        assert abs(results["score"] - sum(test["score"] for test in scored)) < 1e-3
    else:
        assert "score" not in results
    hides = any(test.get("visibility") == "after_published" for test in results["tests"])
    parts = [test for test in results["tests"] if "number" in test]
    assert hides == (len(parts) == 0 or any("score" not in test for test in parts))
    assert results["stdout_visibility"] == "hidden"
    return results


def told(results: dict[str, Any]) -> str:
    """Everything that a student could ever be shown."""
    return json.dumps(results, ensure_ascii=False)
