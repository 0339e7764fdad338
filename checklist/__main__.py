"""`python -m checklist`: the command line where the command itself is not on the path."""

from checklist.cli import main

if __name__ == "__main__":
    main()
