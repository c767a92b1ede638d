"""``python -m grader``: the same as ``grade``."""

from grader.commands.main import main

if __name__ == "__main__":
    main()
