"""What the pool and a worker say to each other: frames over pipes, and what an exit means.

A frame is two lengths, a header in JSON and a body of bytes. A question is all header: the fields of `Question` and
`Limits`. An answer is status and media type, and the result as its body.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

#: The lengths of the header and of the body, before both of them.
LENGTHS = struct.Struct(">II")

#: Exit codes of a worker. Its time limit is the kernel's alarm, so that exit is the signal SIGALRM.
TOO_MUCH_MEMORY = 4
ORPHANED = 5
NO_STORE = 6

Header = dict[str, Any]


def frame(header: Mapping[str, object], body: bytes = b"") -> bytes:
    """Write a header and a body as one frame.

    >>> frame({"status": 200}, b"{}")
    b'\\x00\\x00\\x00\\x0f\\x00\\x00\\x00\\x02{"status": 200}{}'
    """
    head = json.dumps(header).encode()
    return LENGTHS.pack(len(head), len(body)) + head + body


def receive(stream: IO[bytes]) -> tuple[Header, bytes] | None:
    """Read the next frame, or None when the other side has closed the pipe."""
    lengths = stream.read(LENGTHS.size)
    if len(lengths) < LENGTHS.size:
        return None
    head, body = LENGTHS.unpack(lengths)
    return json.loads(stream.read(head)), stream.read(body)
