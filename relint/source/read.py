"""Selection of the reader for a text: JSON, common YAML, or all of YAML."""

from __future__ import annotations

import re

from relint._typing import TYPE_CHECKING
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.errors import TemplateError
from relint.source.encoding import decode

if TYPE_CHECKING:
    from relint.source.document import Document
    from relint.source.text import SourceText

_JSON_OPENING = r'\s*(?:\{\s*["}]|\[\s*["\[{\]])'


def read_document(text: str | bytes, file: str) -> Document:
    """Return the document of a JSON or YAML text. `file` is its name in the document and in errors.

    Raises TemplateError, with one sentence and usually a span, if the text is invalid or exceeds a limit.
    """
    if len(text) > MAX_TEMPLATE_BYTES:
        raise TemplateError(f"The file has {len(text):,} bytes; relint reads up to {MAX_TEMPLATE_BYTES:,}.", file)
    source = decode(text, file)
    if not source.text.lstrip().startswith(("{", "[")):
        return _read_yaml(source)
    try:
        return _read_json(source)
    except TemplateError as json_error:
        if file.lower().endswith(".json"):
            raise
        try:
            return _read_yaml(source)
        except TemplateError as yaml_error:
            raise (json_error if re.match(_JSON_OPENING, source.text) else yaml_error) from None


def _read_json(source: SourceText) -> Document:
    from relint.source.json_reader import read_json

    return read_json(source)


def _read_yaml(source: SourceText) -> Document:
    """Return the document of the fast reader, else that of libyaml. Importing PyYAML takes milliseconds."""
    if "relint:" not in source.text:  # only the full reader finds comments, with the nodes of libyaml
        from relint.source.fast_yaml.reader import try_read_yaml

        document = try_read_yaml(source)
        if document:
            return document
    from relint.source.full_yaml.reader import read_yaml

    return read_yaml(source)
