"""Short names for texts, by BLAKE2b."""

from __future__ import annotations


def digest(text: str, size: int) -> str:
    """Return the BLAKE2b digest of a text in hexadecimal, `size` bytes long."""
    from hashlib import blake2b  # OpenSSL behind it costs 2 ms, which the first card can spare

    return blake2b(text.encode(errors="surrogatepass"), digest_size=size).hexdigest()
