"""What ``grade verify`` found, for the programs and pages of continuous integration."""
