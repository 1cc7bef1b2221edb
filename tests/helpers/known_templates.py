"""The templates of the fixtures and of the examples of all rules."""

from __future__ import annotations

from functools import cache

from relint.api import load_rules
from relint.catalog.examples import read_examples
from relint.discover.template_detection import has_template_shape
from relint.errors import TemplateError
from relint.source.document import Document
from relint.source.read import read_document
from tests.helpers.paths import ROOT


@cache
def known_templates() -> list[Document]:
    """Return the templates in a fixed order, those of the fixtures first."""
    files = sorted((ROOT / "fixtures").rglob("template.*"))
    texts = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}
    for rule in load_rules():
        for example in read_examples(rule.file):
            texts[f"{rule.id}: {example.name}"] = example.template
            if example.old is not None:
                texts[f"{rule.id}: {example.name}, old"] = example.old
    found = []
    for name, text in texts.items():
        try:
            document = read_document(text, name)
        except TemplateError:
            continue
        if has_template_shape(document.data):
            found.append(document)
    return found
