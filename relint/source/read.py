"""Text in, located document out: the only door to the readers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.errors import TemplateError
from relint.source.encoding import decode

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.source.text import SourceText

_JSON_OPENING = r'\s*(?:\{\s*["}]|\[\s*["\[{\]])'


def read_document(text: str | bytes, file: str) -> Document:
    """The document of a JSON or YAML text; `file` is the name that it and its errors bear.

    Raises TemplateError, with one sentence and usually the place, for what is neither, or beyond a limit.
    """
    if len(text) > MAX_TEMPLATE_BYTES:
        raise TemplateError(f"The file has {len(text):,} bytes; relint reads up to {MAX_TEMPLATE_BYTES:,}.", file)
    source = decode(text, file)
    if not source.text.lstrip().startswith(("{", "[")):
        return _yaml(source)
    try:
        return _json(source)
    except TemplateError as json_error:
        if file.lower().endswith(".json"):
            raise
        try:
            return _yaml(source)
        except TemplateError as yaml_error:
            raise (json_error if re.match(_JSON_OPENING, source.text) else yaml_error) from None


def _json(source: SourceText) -> Document:
    from relint.source.json_reader import read_json

    return read_json(source)


def _yaml(source: SourceText) -> Document:
    """What the quick reader makes of a text, else what libyaml does, which PyYAML takes milliseconds to import."""
    if "relint:" not in source.text:  # comments are found among the nodes of libyaml
        from relint.source.fast_yaml.reader import try_read_yaml

        document = try_read_yaml(source)
        if document:
            return document
    from relint.source.full_yaml.reader import read_yaml

    return read_yaml(source)
