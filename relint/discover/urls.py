"""Candidates at and below the URLs that the user names.

Only this module uses a network, and only for URLs on the command line or in a call of the API. Objects are selected
like files in `discover`. fsspec and s3fs read them, and are imported when a URL is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from relint._about import install_command
from relint._typing import Any, NamedTuple
from relint.discover.candidate import Candidate, Input
from relint.discover.filters import SNIFF_BYTES, has_template_suffix, reason_to_skip_folder, reject_oversized
from relint.discover.limits import MAX_TEMPLATE_BYTES
from relint.finding import Failure

MAX_OBJECTS = 100_000
"""Objects below a URL, which take a hundred requests to list. A bucket may contain billions."""

_CONCURRENT_READS = 32
"""Objects that are read at the same time; because of the size limit, they take at most 384 MB of memory."""

_FILESYSTEM_OPTIONS: dict[str, dict[str, Any]] = {
    "s3": {"config_kwargs": {"connect_timeout": 5, "read_timeout": 10, "retries": {"max_attempts": 1}}},
}
"""The supported protocols, with the options of their file systems.

The timeouts, in seconds, end a wait within two minutes, because s3fs repeats each call of botocore five times. The
other protocols of fsspec are not supported on purpose: file:// is a path, http:// cannot list, and the rest is
untested.
"""

_REASONS = {
    "FileNotFoundError": "does not exist",
    "PermissionError": "cannot be read: access is denied",
    "NoCredentialsError": "cannot be read: no credentials are found",
    "PartialCredentialsError": "cannot be read: the credentials are incomplete",
    "EndpointConnectionError": "cannot be read: the server cannot be reached",
    "ConnectTimeoutError": "cannot be read: the server cannot be reached",
}
"""Reasons by the name of an error's type, because comparing types would import the libraries that define them."""


_LIBRARY_ERRORS = (Exception,)
"""The errors of fsspec and of the libraries below it, which have no common base class."""


class _RemoteFile(NamedTuple):
    """An object: its protocol, its path (bucket first), and its size in bytes."""

    protocol: str
    path: str
    size: int

    @property
    def url(self) -> str:
        """The URL of the object."""
        return f"{self.protocol}://{self.path}"


class _UnreadableUrl(Exception):
    """A URL that cannot be listed, with a sentence for the user."""


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
    yielded_urls: set[str] = set()
    for url in urls:
        try:
            protocol = url.partition("://")[0]
            filesystem = _open_filesystem(url, protocol)
            new_files = [
                file for file in _list_files(filesystem, url, protocol, max_objects) if file.url not in yielded_urls
            ]
        except _UnreadableUrl as error:
            yield Failure(url, "discover", str(error))
            continue
        yielded_urls.update(file.url for file in new_files)
        accepted_files = [file for file in new_files if url_filter is None or url_filter(file.url)]
        for file, content in _read_all(filesystem, accepted_files):
            is_explicit = file.url in urls and not skip_non_templates
            if isinstance(content, Exception):
                yield Failure(file.url, "discover", _error_message(file.url, content))
            elif file.size > MAX_TEMPLATE_BYTES:
                yield reject_oversized(file.url, file.size, content, is_explicit=is_explicit)
            else:
                yield Candidate(file.url, content, is_explicit=is_explicit)


def _open_filesystem(url: str, protocol: str) -> Any:
    """Return a new file system of fsspec for a URL. An existing one may have cached listings."""
    if protocol not in _FILESYSTEM_OPTIONS:
        supported = ", ".join(f"{name}://" for name in _FILESYSTEM_OPTIONS)
        raise _UnreadableUrl(
            f"'{url}' cannot be read: of URLs, relint reads {supported}; files are named by their paths."
        )
    bucket = url.partition("://")[2].partition("/")[0]
    if not bucket:
        raise _UnreadableUrl(
            f"'{url}' names no bucket; write {protocol}://bucket/folder/ or {protocol}://bucket/file.yaml."
        )
    try:
        import fsspec

        return fsspec.filesystem(protocol, skip_instance_cache=True, **_FILESYSTEM_OPTIONS[protocol])
    except ImportError as error:
        raise _UnreadableUrl(f"'{url}' cannot be read ({error}); run: {install_command('remote')}.") from error
    except _LIBRARY_ERRORS as error:
        raise _UnreadableUrl(_error_message(url, error)) from error


def _list_files(filesystem: Any, url: str, protocol: str, max_objects: int) -> list[_RemoteFile]:
    """Return the object at a URL, or those below it with names of templates, sorted."""
    path = url.partition("://")[2]
    root = path.rstrip("/")
    try:
        if not path.endswith("/") and "/" in path:
            status = filesystem.info(path)
            if status["type"] == "file":
                return [_RemoteFile(protocol, path, status["size"])]
        status_by_path = filesystem.find(root, detail=True, max_items=max_objects + 1)
    except _LIBRARY_ERRORS as error:
        raise _UnreadableUrl(_error_message(url, error)) from error
    if not status_by_path:
        raise _UnreadableUrl(f"There is no object at '{url}'.")
    if len(status_by_path) > max_objects:
        raise _UnreadableUrl(f"'{url}' holds more than {max_objects:,} objects; name folders in it.")
    environments = tuple(
        path.removesuffix("pyvenv.cfg")
        for path in status_by_path
        if path.endswith("/pyvenv.cfg") and path != f"{root}/pyvenv.cfg"
    )
    return [
        _RemoteFile(protocol, path, status_by_path[path]["size"])
        for path in sorted(status_by_path, key=lambda path: path.split("/"))
        if _is_selected(path, root) and not path.startswith(environments)
    ]


def _is_selected(path: str, root: str) -> bool:
    """Whether `discover` would read a file with this path below the folder `root`."""
    *folders, name = path.split("/")
    depth = root.count("/") + 1
    return has_template_suffix(name, in_cdk_output="cdk.out" in folders) and all(
        reason_to_skip_folder(folder, in_cdk_output="cdk.out" in folders[:index]) is None
        for index, folder in enumerate(folders)
        if index >= depth
    )


def _read_all(filesystem: Any, files: Sequence[_RemoteFile]) -> Iterator[tuple[_RemoteFile, bytes | Exception]]:
    """Yield each object with its content, or the error of reading it.

    Of an object beyond the size limit, only the beginning is read.
    """
    for start in range(0, len(files), _CONCURRENT_READS):
        batch = files[start : start + _CONCURRENT_READS]
        nonempty_files = [file for file in batch if file.size]  # S3 rejects a range of an empty object
        ends = [SNIFF_BYTES if file.size > MAX_TEMPLATE_BYTES else MAX_TEMPLATE_BYTES + 1 for file in nonempty_files]
        paths = [file.path for file in nonempty_files]
        try:
            contents = filesystem.cat_ranges(paths, [0] * len(paths), ends, on_error="return")
        except _LIBRARY_ERRORS as error:
            contents = [error] * len(paths)
        content_by_file = dict(zip(nonempty_files, contents, strict=True))
        yield from ((file, content_by_file.get(file, b"")) for file in batch)


def _error_message(url: str, error: BaseException) -> str:
    """Return a sentence for the user; errors without an entry in _REASONS are quoted."""
    for error_type in type(error).__mro__:
        if error_type.__name__ in _REASONS:
            return f"'{url}' {_REASONS[error_type.__name__]}."
    quotation = (str(error).strip() or type(error).__name__).splitlines()[0]
    return f"'{url}' cannot be read: {quotation.removesuffix('.')}."
