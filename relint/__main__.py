"""`python -m relint` is `relint`."""

from relint.cli import main

if __name__ == "__main__":
    main()
