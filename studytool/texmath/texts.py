"""Accents and signs inside the words of a formula."""

import unicodedata

ACCENTED: dict[str, str] = {
    "'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "=": "\u0304", ".": "\u0307",
    "~": "\u0303", "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "r": "\u030a",
}  # fmt: skip
"""Commands that put an accent on a letter of a text."""

_NAMED = """
textbackslash:\\ textasciitilde:~ textasciicircum:^ textdegree:° textbar:| textbardbl:‖ textless:<
textgreater:> textbullet:• textendash:– textemdash:— textquoteleft:‘ textquoteright:’
textquotedblleft:“ textquotedblright:” textellipsis:… textdagger:† textdaggerdbl:‡ textdollar:$
textsterling:£ texteuro:€ textyen:¥ textcent:¢ textsection:§ textparagraph:¶ textcopyright:©
textregistered:® texttrademark:™ textmu:µ textohm:Ω textcelsius:℃ textperthousand:‰ textpm:±
texttimes:× textdiv:÷ textminus:− textonehalf:½ textonequarter:¼ textthreequarters:¾
textunderscore:_ textbraceleft:{ textbraceright:} textrightarrow:→ textleftarrow:← textuparrow:↑
textdownarrow:↓ textlangle:⟨ textrangle:⟩ textperiodcentered:· textasteriskcentered:∗
textvisiblespace:␣ textnumero:№ textordfeminine:ª textordmasculine:º textquestiondown:¿
textexclamdown:¡ textsurd:√ textlnot:¬ o:ø O:Ø l:ł L:Ł ss:ß ae:æ AE:Æ oe:œ OE:Œ aa:å i:ı j:ȷ
"""
SIGNS: dict[str, str] = {
    **dict(pair.split(":", 1) for pair in _NAMED.split()),
    "TeX": "TeX", "LaTeX": "LaTeX",
}  # fmt: skip
"""Signs of a text, by the name of their command."""


def accented(command: str, letters: str) -> str:
    """Return letters with the accent of a command on the first of them."""
    letters = {"\\i": "i", "\\j": "j"}.get(letters.strip(), letters)
    return unicodedata.normalize("NFC", letters[:1] + ACCENTED[command] + letters[1:])
