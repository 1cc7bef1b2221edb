"""README of the package: its links and images are absolute, because an index of packages has no other file of relint.

Hatchling runs this when it builds a package (`tool.hatch.metadata.hooks.custom` in pyproject.toml).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class PackageReadme(MetadataHookInterface):  # type: ignore[misc]
    """Writes the README into the metadata of the package."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the key `readme` of the metadata."""
        root = Path(self.root)
        about = (root / "relint" / "_about.py").read_text(encoding="utf-8")
        version, repository = (
            re.search(rf'^{name} = "(.*)"$', about, re.MULTILINE)[1]  # type: ignore[index]
            for name in ("__version__", "REPOSITORY")
        )
        text = (root / "README.md").read_text(encoding="utf-8")
        text = re.sub(r"(!\[[^\]]*\]\()(?!https?:|#)", rf"\g<1>{repository}/raw/v{version}/", text)
        text = re.sub(r"(?<!!)(\[[^\]]*\]\()(?!https?:|#)", rf"\g<1>{repository}/blob/v{version}/", text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
