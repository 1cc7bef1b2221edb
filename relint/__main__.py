"""`python -m relint` is `relint`."""

from relint.cli import script

if __name__ == "__main__":
    script()
