"""A client of the language server: an editor that has nothing but two pipes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from queue import Empty, Queue
from tempfile import TemporaryFile
from typing import Any

from tests.helpers.paths import ROOT

SECONDS = 30.0
Message = dict[str, Any]


class Client:
    """An editor connected to a server process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._inbox: Queue[Message] = Queue()
        self._number = 0
        self._open_uris: set[str] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    def send_raw(self, body: bytes, length: int | None = None) -> None:
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % (len(body) if length is None else length) + body)
        self.process.stdin.flush()

    def notify(self, method: str, params: Any) -> None:
        """Send a notification, to which the server does not respond."""
        if method == "textDocument/didOpen":
            self._open_uris.add(params["textDocument"]["uri"])
        elif method == "textDocument/didClose":
            self._open_uris.discard(params["textDocument"]["uri"])
        self.send_raw(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())

    def send_request(self, method: str, params: Any) -> int:
        """Send a request and return its number."""
        self._number += 1
        message = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}
        self.send_raw(json.dumps(message).encode())
        return self._number

    def request(self, method: str, params: Any) -> Any:
        """Return the result of a request; AssertionError if the server responds with an error."""
        number = self.send_request(method, params)
        response = self.wait(lambda message: message.get("id") == number and "method" not in message)
        assert "error" not in response, response
        return response["result"]

    def wait(self, is_wanted: Callable[[Message], bool], seconds: float = SECONDS) -> Message:
        """Return the next message that is wanted, and drop the messages before it; queue.Empty after `seconds`."""
        while True:
            message = self._inbox.get(timeout=seconds)
            if is_wanted(message):
                return message

    def published(self, uri: str) -> Message:
        """Return the diagnostics that the server publishes next for a document."""
        message = self.wait(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri
            )
        )
        params: Message = message["params"]
        return params

    def is_silent(self, seconds: float) -> bool:
        """Whether the server sends nothing for a while."""
        try:
            self._inbox.get(timeout=seconds)
        except Empty:
            return True
        return False

    def initialize(self, capabilities: Mapping[str, Any] = {}, /, **general: Any) -> Message:
        abilities = {**capabilities, "general": general}
        result: Message = self.request("initialize", {"processId": None, "rootUri": None, "capabilities": abilities})
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str) -> Message:
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": document})
        return self.published(uri)

    def change(self, uri: str, version: int, text: str) -> None:
        document = {"uri": uri, "version": version}
        self.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def close_documents(self) -> None:
        """Close every open document, and drop all messages of the server about them."""
        for uri in sorted(self._open_uris):
            self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        position = {"textDocument": {"uri": "file:///not/open.yaml"}, "position": {"line": 0, "character": 0}}
        self.request("textDocument/hover", position)

    def _listen(self) -> None:
        output = self.process.stdout
        assert output
        while header := output.readline():
            if header.lower().startswith(b"content-length:"):
                length = int(header.partition(b":")[2])
                while output.readline().strip():
                    pass
                self._inbox.put(json.loads(output.read(length)))


@contextmanager
def client() -> Iterator[Client]:
    """Start a server and yield its client, not initialized; a server that still runs afterwards is killed.

    AssertionError if the server has printed a traceback of relint; pygls prints its own about invalid messages.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with TemporaryFile("w+", encoding="utf-8") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "relint", "lsp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            cwd=ROOT,
        )
        try:
            yield Client(process)
        finally:
            process.kill()
            process.wait(SECONDS)
        errors.seek(0)
        text = errors.read()
        assert f'File "{ROOT / "relint"}' not in text, text
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                stream.close()
