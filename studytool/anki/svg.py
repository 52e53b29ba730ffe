"""Takes out of a drawing what could act or ask the net: a picture on a card only shows."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from studytool.errors import StudytoolError

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_ACTIVE = frozenset(
    ("script", "foreignobject", "handler", "listener", "iframe", "object", "embed", "audio")
)
_MOVING = frozenset(("animate", "set", "animatetransform", "animatemotion"))
_ADDRESSES = frozenset(("href", "src"))
_INSIDE = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
_WEB = re.compile(r"\s*(?:https?://|mailto:)", re.IGNORECASE)
_REQUEST = re.compile(
    r"@import|url\s*\(\s*['\"]?\s*(?!['\"\s#]|data:image/(?:png|jpeg|gif|webp)[;,])"
    r"|expression\s*\(|javascript:",
    re.IGNORECASE,
)


class _Builder(ElementTree.TreeBuilder):
    """Builds the tree, and notes what does not become a part of it.

    Attributes:
        instructed: Whether there are instructions to the viewer, such as a style sheet elsewhere.
    """

    instructed = False

    def pi(self, target: str, text: str | None = None) -> ElementTree.Element:
        """Leave an instruction out."""
        self.instructed = True
        return super().pi(target, text)


def clean(data: bytes) -> bytes:
    """Return a drawing without scripts, handlers and requests; the same bytes if it has none.

    Raises:
        StudytoolError: It is not well-formed, or defines entities.
    """
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise StudytoolError("it defines entities")
    builder = _Builder()
    try:
        parser = ElementTree.XMLParser(target=builder)
        parser.feed(data)
        root: ElementTree.Element = parser.close()
        if not (_purge(root) or builder.instructed):
            return data
        ElementTree.register_namespace("", _SVG)
        ElementTree.register_namespace("xlink", _XLINK)
        cleaned: bytes = ElementTree.tostring(root, encoding="utf-8")
        return cleaned
    except (ElementTree.ParseError, ValueError, LookupError, RecursionError) as error:
        raise StudytoolError(f"it is not a well-formed drawing ({error})") from error


def _purge(root: ElementTree.Element) -> bool:
    """Take out of a tree what may not stay, and tell whether there was something."""
    found = False
    pending = [root]
    while pending:
        element = pending.pop()
        for child in list(element):
            if _acts(child):
                element.remove(child)
                found = True
        pending.extend(element)
        for name, value in list(element.attrib.items()):
            if _unsafe(_local(element.tag), _local(name), value):
                del element.attrib[name]
                found = True
        if _local(element.tag) == "style" and _asks(element.text or ""):
            element.text = ""
            found = True
    return found


def _acts(element: ElementTree.Element) -> bool:
    """Tell whether an element may not stay at all."""
    name = _local(element.tag)
    if name in _MOVING:
        changed = element.get("attributeName", "").rpartition(":")[2].lower()
        return changed in _ADDRESSES or changed.startswith("on")
    return name in _ACTIVE


def _unsafe(element: str, name: str, value: str) -> bool:
    """Tell whether an attribute may not stay."""
    if name.startswith("on"):
        return True
    if name in _ADDRESSES:
        return not (_INSIDE.match(value) or (element == "a" and _WEB.match(value)))
    return _asks(value)


def _asks(style: str) -> bool:
    """Tell whether a style asks for something elsewhere, or hides by escapes whether it does."""
    return _REQUEST.search(style) is not None or ("\\" in style and "(" in style)


def _local(name: object) -> str:
    """Return a name without its namespace, in lower case; empty for a comment."""
    return name.rpartition("}")[2].lower() if isinstance(name, str) else ""
