"""How large a template may be before relint refuses it, so that no file can take the machine down."""

from __future__ import annotations

MAX_DEPTH = 200
"""Mappings and lists inside of one another. Templates stay below 30; everything that walks them recursively stays
within Python's recursion limit of 1,000."""

MAX_EXPANSION = 1_000_000
"""Values that the aliases and merge keys of a document stand for, together; a few hundred bytes can say billions."""

MAX_COMPOSED_DEPTH = 600
"""Nesting that may reach libyaml's composer, which recurses on the C stack and takes about 300 bytes a level: 200 kB,
where the smallest usual stack of a thread has 512 kB."""

TOO_DEEP = f"The document is nested more than {MAX_DEPTH} levels deep; move the inner part elsewhere."
