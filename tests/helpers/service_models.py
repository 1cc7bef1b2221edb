"""What the API reference of AWS says, from the service models that botocore ships."""

from __future__ import annotations

import gzip
import html
import importlib.util
import json
import re
from functools import cache
from pathlib import Path
from typing import Any


@cache
def service_model(service: str) -> dict[str, Any]:
    """Return the newest model of a service."""
    package = importlib.util.find_spec("botocore")
    assert package is not None and package.origin is not None, "botocore is missing"
    newest = max((Path(package.origin).parent / "data" / service).glob("*/service-2.json.gz"))
    model: dict[str, Any] = json.loads(gzip.decompress(newest.read_bytes()))
    return model


def api_text(service: str, name: str) -> str:
    """Return the words about a structure, `Shape`, or about its member, `Shape.member`."""
    shape, _, member = name.partition(".")
    described = service_model(service)["shapes"][shape]
    return plain_text((described["members"][member] if member else described).get("documentation", ""))


def plain_text(text: str) -> str:
    """Return the words of a text in HTML or Markdown, without markup and with single spaces."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", text)).replace("`", "")
    return re.sub(r"\s+([.,;)])", r"\1", re.sub(r"\s+", " ", words)).strip()
