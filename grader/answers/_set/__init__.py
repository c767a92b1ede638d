"""Sets as answers: reading, finding, comparing."""
