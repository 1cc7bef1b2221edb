"""Entry point of `python -m relint`."""

from relint.cli import console_entry_point

if __name__ == "__main__":
    console_entry_point()
