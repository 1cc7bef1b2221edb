"""Arguments that several commands have; each start reads this module."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_config_options(parser: argparse.ArgumentParser) -> None:
    """Add the options that choose the configuration."""
    parser.add_argument("--config", metavar="FILE", help="read this configuration, and look for no other")
    parser.add_argument("--no-config", action="store_true", help="read no configuration")
    parser.add_argument("--env", metavar="NAME", help="an environment of the configuration")


def add_colour_option(parser: argparse.ArgumentParser) -> None:
    """Add the option that says whether the output has colours."""
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal (default)"
    )
