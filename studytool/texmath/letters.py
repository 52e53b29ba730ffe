"""Letters in other alphabets: fonts, superscripts and subscripts."""

FONTS: dict[str, tuple[str, bool]] = {
    "mathbb": ("bb", False), "mathds": ("bb", False), "Bbb": ("bb", False),
    "mathcal": ("cal", False), "mathscr": ("cal", False), "cal": ("cal", False),
    "mathfrak": ("frak", False), "frak": ("frak", False), "mathbf": ("rm", True),
    "boldsymbol": ("", True), "bm": ("", True), "pmb": ("", True), "mathbfit": ("", True),
    "mathrm": ("word", False), "mathup": ("word", False), "mathit": ("word", False),
    "mathsf": ("sans", False), "mathtt": ("mono", False), "mathnormal": ("", False),
    "bold": ("", True), "mathbbm": ("bb", False), "mathbbmss": ("bb", False),
    "mathbbmtt": ("bb", False), "mathbfcal": ("cal", True), "mathbfscr": ("cal", True),
    "mathbffrak": ("frak", True), "mathbfsf": ("sans", True), "mathbfsfit": ("sans", True),
    "mathbfsfup": ("sans", True), "mathbfup": ("rm", True), "mathsfit": ("sans", False),
    "mathsfup": ("sans", False), "symbb": ("bb", False), "symbf": ("rm", True),
    "symbfcal": ("cal", True), "symbffrak": ("frak", True), "symbfit": ("", True),
    "symbfscr": ("cal", True), "symbfsf": ("sans", True), "symbfup": ("rm", True),
    "symcal": ("cal", False), "symfrak": ("frak", False), "symit": ("word", False),
    "symnormal": ("", False), "symrm": ("word", False), "symscr": ("cal", False),
    "symsf": ("sans", False), "symsfit": ("sans", False), "symsfup": ("sans", False),
    "symtt": ("mono", False), "symup": ("word", False),
}  # fmt: skip
"""Font commands: the alphabet they choose and whether they embolden."""

SWITCHES: dict[str, str] = {
    "bf": "mathbf", "rm": "mathrm", "it": "mathit", "sf": "mathsf", "tt": "mathtt",
    "bfseries": "mathbf", "mit": "mathnormal", "oldstyle": "mathnormal", "scr": "mathscr",
}  # fmt: skip
"""Font commands that hold to the end of the group, and what they amount to."""

TEXTS: dict[str, str] = {
    "text": "", "textrm": "", "textnormal": "", "textbf": "bold", "textit": "", "textsf": "",
    "texttt": "", "textsc": "", "textup": "", "emph": "", "mbox": "", "hbox": "", "textmd": "",
    "textsl": "", "textclap": "", "textllap": "", "textrlap": "", "vbox": "", "intertext": "",
    "shortintertext": "",
}  # fmt: skip
"""Commands with words in their argument, and the font the words get."""

_BLOCKS = {"bb": (0x1D538, 0x1D7D8), "cal": (0x1D49C, 0), "frak": (0x1D504, 0)}
_BY_FONT = {"bold": (0x1D400, 0x1D7CE), "sans": (0x1D5A0, 0x1D7E2), "mono": (0x1D670, 0x1D7F6)}
_ELSEWHERE = {
    "bb": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "cal": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "frak": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
}


def _shifted(char: str, block: tuple[int, int]) -> str:
    letters, digits = block
    if "A" <= char <= "Z":
        return chr(letters + ord(char) - ord("A"))
    if "a" <= char <= "z":
        return chr(letters + 26 + ord(char) - ord("a"))
    return chr(digits + ord(char) - ord("0")) if digits and "0" <= char <= "9" else char


def in_alphabet(char: str, alphabet: str) -> str:
    """Return a letter or digit, with its marks, in a blackboard, script or Fraktur alphabet."""
    if alphabet not in _BLOCKS:
        return char
    letter, marks = char[:1], char[1:]
    return (_ELSEWHERE[alphabet].get(letter) or _shifted(letter, _BLOCKS[alphabet])) + marks


def in_font(char: str, font: str) -> str:
    """Return the code point of a bold, sans or mono letter, where one exists."""
    if font == "bold":
        if "α" <= char <= "ω":
            return chr(0x1D6C2 + ord(char) - ord("α"))
        if "Α" <= char <= "Ω":
            return chr(0x1D6A8 + ord(char) - ord("Α"))
        if char in "ϵϑϰϕϱϖ":
            return "𝛜𝛝𝛞𝛟𝛠𝛡"["ϵϑϰϕϱϖ".index(char)]
    return _shifted(char, _BY_FONT[font]) if font in _BY_FONT else char


SUPERSCRIPTS: dict[str, str] = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRUVWβγδθφχ′⊤",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂᵝᵞᵟᶿᵠᵡ′ᵀ",
        strict=True,
    )
)
"""Characters that have a raised form; a raised T would read as the sign of transposition."""

SUBSCRIPTS: dict[str, str] = dict(
    zip(
        "0123456789+−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
"""Characters that have a lowered form."""

SMALL = frozenset(SUPERSCRIPTS.values()) | frozenset(SUBSCRIPTS.values())
"""All raised and lowered characters."""
