"""URLs -> the templates behind them, read. All that touches a network, and only for URLs that the user has named.

What is found there follows the rules of `discover`. fsspec and s3fs do the work, imported when a URL is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from relint._named_tuple import NamedTuple
from relint.discover.candidate import Candidate, Input
from relint.discover.filters import SNIFF_BYTES, has_template_suffix, is_searched_folder, reject_oversized
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.finding import Failure

MAX_OBJECTS = 100_000
"""How many objects may lie below a URL: a hundred requests. A bucket may hold billions."""

_AT_ONCE = 32
"""How many objects are read at the same time; with the size limit, 160 MB at most are held."""

_OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {"config_kwargs": {"connect_timeout": 5, "read_timeout": 10, "retries": {"max_attempts": 1}}},
}
"""The protocols that are read, with what their file systems are given: seconds that end a wait within two minutes,
because s3fs tries five times what botocore tries. What else fsspec knows is left out on purpose: file:// is a path,
http:// lists nothing, and the others come when they are tested and their listing has a bound."""

_REASONS = {
    "FileNotFoundError": "does not exist",
    "PermissionError": "cannot be read: access is denied",
    "NoCredentialsError": "cannot be read: no credentials are found",
    "PartialCredentialsError": "cannot be read: the credentials are incomplete",
    "EndpointConnectionError": "cannot be read: the server cannot be reached",
    "ConnectTimeoutError": "cannot be read: the server cannot be reached",
}
"""Errors by the names of their types, so that the libraries that define them need not be imported to be compared."""


class _Object(NamedTuple):
    """An object of a store: its path there, which begins with the bucket, and its size in bytes."""

    path: str
    size: int


class _Unreadable(Exception):
    """A URL cannot be listed; the text is a sentence for the user."""


def discover_urls(
    urls: Sequence[str],
    *,
    skip_non_templates: bool = False,
    url_filter: Callable[[str], bool] | None = None,
    max_objects: int = MAX_OBJECTS,
) -> Iterator[Input]:
    """Yield the candidates at and below URLs, each object once.

    The order is that of `urls`, and below a URL that of the sorted names. A URL names an object, or the folder of all
    objects below it, in particular if the URL ends with a slash. Objects in folders are selected by name, and rejected
    by size, as `discover` does with files. Only objects whose URL `url_filter` accepts are read. A URL that is missing,
    denied or unreachable, or that has more than `max_objects` objects below it, is a Failure. Never raises.
    """
    seen: set[str] = set()
    for url in urls:
        scheme = url.partition("://")[0]
        try:
            system = _system(url, scheme)
            found = [one for one in _objects(system, url, max_objects) if f"{scheme}://{one.path}" not in seen]
        except _Unreadable as error:
            yield Failure(url, "discover", str(error))
            continue
        seen.update(f"{scheme}://{one.path}" for one in found)
        wanted = [one for one in found if url_filter is None or url_filter(f"{scheme}://{one.path}")]
        for one, raw in _contents(system, wanted):
            file = f"{scheme}://{one.path}"
            named = file in urls and not skip_non_templates
            if isinstance(raw, Exception):
                yield Failure(file, "discover", _sentence(file, raw))
            elif one.size > MAX_TEMPLATE_BYTES:
                yield reject_oversized(file, one.size, raw, named)
            else:
                yield Candidate(file, raw, named)


def _system(url: str, scheme: str) -> Any:
    """The file system of fsspec for a URL: a new one, because a known one would answer from its memory."""
    if scheme not in _OPTIONS:
        known = ", ".join(f"{name}://" for name in _OPTIONS)
        raise _Unreadable(f"'{url}' cannot be read: of URLs, relint reads {known}; files are named by their paths.")
    bucket = url.partition("://")[2].partition("/")[0]
    if not bucket:
        raise _Unreadable(f"'{url}' names no bucket; write {scheme}://bucket/folder/ or {scheme}://bucket/file.yaml.")
    try:
        import fsspec

        return fsspec.filesystem(scheme, skip_instance_cache=True, **_OPTIONS[scheme])
    except ImportError as error:
        raise _Unreadable(f"'{url}' cannot be read ({error}); run: pip install 'relint[remote]'.") from error
    except Exception as error:
        raise _Unreadable(_sentence(url, error)) from error


def _objects(system: Any, url: str, most: int) -> list[_Object]:
    """The object that a URL names, or the objects below it that may be templates, sorted as folders are."""
    path = url.partition("://")[2]
    root = path.rstrip("/")
    try:
        if not path.endswith("/") and "/" in path:
            status = system.info(path)
            if status["type"] == "file":
                return [_Object(path, status["size"])]
        below = system.find(root, detail=True, max_items=most + 1)
    except Exception as error:  # of whichever library the protocol rests on
        raise _Unreadable(_sentence(url, error)) from error
    if not below:
        raise _Unreadable(f"There is no object at '{url}'.")
    if len(below) > most:
        raise _Unreadable(f"'{url}' holds more than {most:,} objects; name folders in it.")
    environments = [name.removesuffix("pyvenv.cfg") for name in below if name.endswith("/pyvenv.cfg")]
    return [
        _Object(name, below[name]["size"])
        for name in sorted(below, key=lambda name: name.split("/"))
        if _may_be_template(name, root) and not any(name.startswith(one) for one in environments if one != root + "/")
    ]


def _may_be_template(path: str, root: str) -> bool:
    """Whether `discover` would take such a file from a folder."""
    steps = path.split("/")
    depth = root.count("/") + 1
    return has_template_suffix(steps[-1], "cdk.out" in steps[:-1]) and all(
        is_searched_folder(step, "cdk.out" in steps[:at]) for at, step in enumerate(steps[:-1]) if at >= depth
    )


def _contents(system: Any, objects: Sequence[_Object]) -> Iterator[tuple[_Object, bytes | Exception]]:
    """Each object with its bytes, or what is wrong; of one that is too large no more than its beginning is read."""
    for start in range(0, len(objects), _AT_ONCE):
        batch = objects[start : start + _AT_ONCE]
        filled = [one for one in batch if one.size]  # a part of nothing cannot be asked for
        ends = [SNIFF_BYTES if one.size > MAX_TEMPLATE_BYTES else MAX_TEMPLATE_BYTES + 1 for one in filled]
        try:
            read = system.cat_ranges([one.path for one in filled], [0] * len(filled), ends, on_error="return")
        except Exception as error:
            read = [error] * len(filled)
        raw = dict(zip(filled, read, strict=True))
        yield from ((one, raw.get(one, b"")) for one in batch)


def _sentence(url: str, error: BaseException) -> str:
    """What went wrong, for the user; errors that nobody has foreseen speak for themselves."""
    for kind in type(error).__mro__:
        if kind.__name__ in _REASONS:
            return f"'{url}' {_REASONS[kind.__name__]}."
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    return f"'{url}' cannot be read: {said.removesuffix('.')}."
