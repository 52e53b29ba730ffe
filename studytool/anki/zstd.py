"""Zstandard, in which today's Anki packs: the standard library's, or its backport."""

from __future__ import annotations

import sys
from typing import IO

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ZstdError = zstd.ZstdError
MAX_WINDOW = 27
"""A stream that wants more memory than two to the power of this is refused, in bytes."""


def opened(packed: IO[bytes]) -> zstd.ZstdFile:
    """Return a stream of what a packed stream holds; it takes no more memory than its window."""
    limit: dict[int, int] = {zstd.DecompressionParameter.window_log_max: MAX_WINDOW}
    return zstd.ZstdFile(packed, "rb", options=limit)
