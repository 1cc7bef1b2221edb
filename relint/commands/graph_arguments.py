"""The arguments of `relint graph` and `relint assess`, in one module because each start reads it."""

from __future__ import annotations

from relint._typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

_KINDS_HELP = (
    "only these dependencies, of request, data, event, part, key, network, placement, protection, monitoring "
    "(default: request,data,event,part,protection; json has all)"
)
_ASSESSMENT_FORMATS = ("text", "json", "sarif", "markdown", "html")


def add_graph_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the parser of the command."""
    add = parser.add_argument
    _add_stack_arguments(parser)
    add("--format", choices=("mermaid", "dot", "json"), default="mermaid", help="what to print (default: mermaid)")
    add("--kinds", metavar="KINDS", action="append", default=[], help=_KINDS_HELP)
    add("--all", action="store_true", help="draw listeners, routes and all other resources on the way, and all kinds")


def add_assess_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments to the parser of the command."""
    add = parser.add_argument
    _add_stack_arguments(parser)
    add("--format", choices=_ASSESSMENT_FORMATS, default="text", help="what to print (default: text)")
    add("--output", metavar="FORMAT=FILE", action="append", default=[], help="also write a report to a file")
    add("--policy", metavar="FILE[#NAME]", help="judge by these targets (default: those in the templates)")
    add("--sarif-all", action="store_true", help="put targets that are met into SARIF, too")
    add(
        "--explain",
        metavar="FACT",
        action="append",
        default=[],
        help="print a fact with its source, and assess nothing",
    )
    add("--color", choices=("auto", "always", "never"), default="auto", help="auto: on a terminal (default)")
    add("--gameday", metavar="DIR", help="also write playbooks and AWS FIS experiments")


def _add_stack_arguments(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("paths", metavar="PATH", nargs="*", help="templates, folders or s3:// URLs of them (default: .)")
    add("--stack", metavar="NAME=FILE", action="append", default=[], help="a template, and the name of its stack")
    add("--parameters", metavar="FILE|K=V", action="append", default=[], help="parameter values; may be repeated")
    add("--region", metavar="REGION", help="the value of AWS::Region")
    add("--config", metavar="FILE", help="read this configuration, and look for no other")
    add("--no-config", action="store_true", help="read no configuration")
    add("--env", metavar="NAME", help="an environment of the configuration")
