"""What each LaTeX command stands for: its text, its atom class and its role."""

from typing import Literal, NamedTuple

from studytool.texmath import rare

Kind = Literal["ord", "op", "bin", "rel", "open", "close", "punct", "inner", "bar"]
"""TeX's atom classes, plus `bar` for a vertical bar that is not yet, or never, a bracket."""

Role = Literal["variable", "function", "operator", "number", "bracket", "text", "error"]
"""What a piece of a formula is, for whoever colours it."""


class Symbol(NamedTuple):
    """A character or command that stands for one piece of text."""

    text: str
    kind: Kind = "ord"
    role: Role = "variable"


def _pairs(table: str) -> dict[str, str]:
    """Read `name:text` pairs separated by blanks."""
    return dict((name, text) for name, _, text in (pair.partition(":") for pair in table.split()))


def _symbols(table: str, kind: Kind, role: Role) -> dict[str, Symbol]:
    return {name: Symbol(text, kind, role) for name, text in _pairs(table).items()}


_GREEK = """
alpha:α beta:β gamma:γ delta:δ epsilon:ϵ varepsilon:ε zeta:ζ eta:η theta:θ vartheta:ϑ iota:ι
kappa:κ varkappa:ϰ lambda:λ mu:μ nu:ν xi:ξ omicron:ο pi:π varpi:ϖ rho:ρ varrho:ϱ sigma:σ
varsigma:ς tau:τ upsilon:υ phi:ϕ varphi:φ chi:χ psi:ψ omega:ω digamma:ϝ Gamma:Γ Delta:Δ Theta:Θ
Lambda:Λ Xi:Ξ Pi:Π Sigma:Σ Upsilon:Υ Phi:Φ Psi:Ψ Omega:Ω
ell:ℓ hbar:ℏ Re:ℜ Im:ℑ wp:℘ aleph:ℵ beth:ℶ imath:ı jmath:ȷ
"""
_MARKS = """
partial:∂ nabla:∇ emptyset:∅ varnothing:∅ forall:∀ exists:∃ nexists:∄ neg:¬ lnot:¬ top:⊤ bot:⊥
angle:∠ triangle:△ square:□ Box:□ Diamond:◇ blacksquare:■ bigstar:★ prime:′ dag:† ddag:‡ S:§ P:¶
checkmark:✓ degree:° surd:√ complement:∁ flat:♭ sharp:♯ natural:♮ therefore:∴ because:∵ #:# %:%
&:& $:$ _:_ backslash:\\ lq:‘ rq:’ pounds:£ copyright:© slash:/ And:& mho:℧ clubsuit:♣
diamondsuit:♢ heartsuit:♡ spadesuit:♠
"""
_BINARIES = """
pm:± mp:∓ times:× div:÷ cdot:· cdotp:· ast:∗ star:⋆ circ:∘ bullet:• cap:∩ cup:∪ Cap:⋒ Cup:⋓
sqcap:⊓ sqcup:⊔ vee:∨ lor:∨ wedge:∧ land:∧ setminus:∖ smallsetminus:∖ oplus:⊕ ominus:⊖ otimes:⊗
oslash:⊘ odot:⊙ amalg:⨿ uplus:⊎ wr:≀ diamond:⋄ triangleleft:◁ triangleright:▷ dagger:†
ddagger:‡ ltimes:⋉ rtimes:⋊ veebar:⊻ barwedge:⊼ boxplus:⊞ boxtimes:⊠ bigcirc:◯ dotplus:∔
"""
_RELATIONS = """
le:≤ leq:≤ leqslant:⩽ leqq:≦ ge:≥ geq:≥ geqslant:⩾ geqq:≧ ne:≠ neq:≠ lt:< gt:> equiv:≡ sim:∼
simeq:≃ approx:≈ approxeq:≊ cong:≅ propto:∝ varpropto:∝ ll:≪ gg:≫ lll:⋘ ggg:⋙ prec:≺ succ:≻
preceq:⪯ succeq:⪰ subset:⊂ supset:⊃ subseteq:⊆ supseteq:⊇ subsetneq:⊊ supsetneq:⊋ sqsubset:⊏
sqsupset:⊐ sqsubseteq:⊑ sqsupseteq:⊒ in:∈ notin:∉ ni:∋ owns:∋ mid:| nmid:∤ parallel:∥
nparallel:∦ perp:⊥ vdash:⊢ dashv:⊣ models:⊨ vDash:⊨ Vdash:⊩ asymp:≍ doteq:≐ triangleq:≜
coloneqq:≔ eqqcolon:≕ lesssim:≲ gtrsim:≳ lessgtr:≶ gtrless:≷ ncong:≇ nsim:≁ nless:≮ ngtr:≯
nleq:≰ ngeq:≱ nsubseteq:⊈ nsupseteq:⊉ nprec:⊀ nsucc:⊁ nvdash:⊬ nvDash:⊭ bowtie:⋈
trianglelefteq:⊴ trianglerighteq:⊵ smile:⌣ frown:⌢ between:≬ pitchfork:⋔ risingdotseq:≓
fallingdotseq:≒ eqsim:≂ indep:⫫ multimap:⊸
to:→ rightarrow:→ leftarrow:← gets:← leftrightarrow:↔ Rightarrow:⇒ Leftarrow:⇐
Leftrightarrow:⇔ implies:⟹ impliedby:⟸ iff:⟺ mapsto:↦ longrightarrow:⟶ longleftarrow:⟵
longleftrightarrow:⟷ Longrightarrow:⟹ Longleftarrow:⟸ Longleftrightarrow:⟺ longmapsto:⟼
hookrightarrow:↪ hookleftarrow:↩ uparrow:↑ downarrow:↓ updownarrow:↕ Uparrow:⇑ Downarrow:⇓
Updownarrow:⇕ nearrow:↗ searrow:↘ swarrow:↙ nwarrow:↖ rightharpoonup:⇀ rightharpoondown:⇁
leftharpoonup:↼ leftharpoondown:↽ rightleftharpoons:⇌ leftrightharpoons:⇋ leadsto:⇝
rightsquigarrow:⇝ twoheadrightarrow:↠ rightarrowtail:↣ nrightarrow:↛ nleftarrow:↚
nRightarrow:⇏ nLeftarrow:⇍ rightrightarrows:⇉ leftleftarrows:⇇ rightleftarrows:⇄
circlearrowright:↻ circlearrowleft:↺ dashrightarrow:⇢ dashleftarrow:⇠
"""
_BIG = """
sum:∑ prod:∏ coprod:∐ bigcup:⋃ bigcap:⋂ bigoplus:⨁ bigotimes:⨂ bigodot:⨀ bigvee:⋁ bigwedge:⋀
bigsqcup:⨆ biguplus:⨄ int:∫ iint:∬ iiint:∭ oint:∮ oiint:∯ intop:∫ smallint:∫
"""
_FUNCTIONS = """
arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom ker lg ln log sec sin sinh
tan tanh Pr lim max min sup inf softmax sigmoid sgn tr Tr
"""
_SPACED_FUNCTIONS = {
    "limsup": "lim sup", "liminf": "lim inf", "injlim": "inj lim", "projlim": "proj lim",
    "argmax": "arg max", "argmin": "arg min", "argsup": "arg sup", "arginf": "arg inf",
}  # fmt: skip
_DOTS = "dots:… ldots:… dotsc:… dotso:… cdots:⋯ iddots:⋰ dotsb:⋯ dotsm:⋯ dotsi:⋯ vdots:⋮ ddots:⋱"


def _upright() -> dict[str, str]:
    letters = {name: text for name, text in _pairs(_GREEK).items() if "Α" <= text <= "ϵ"}
    capitals = {name.lower(): text for name, text in letters.items() if name[0].isupper()}
    return {
        **{f"up{name}": text for name, text in letters.items() if name.islower()},
        **{f"Up{name}": text for name, text in capitals.items()},
    }


SYMBOLS: dict[str, Symbol] = {
    **_symbols(_GREEK + rare.LETTERS, "ord", "variable"),
    **{name: Symbol(text) for name, text in _upright().items()},
    **_symbols(_MARKS + rare.MARKS, "ord", "operator"),
    **_symbols(_BINARIES + rare.BINARIES, "bin", "operator"),
    **_symbols(_RELATIONS + rare.RELATIONS + rare.ARROWS, "rel", "operator"),
    **_symbols(f"{_BIG} {rare.BIG}", "op", "operator"),
    **_symbols(_DOTS, "inner", "operator"),
    **{name: Symbol(name, "op", "function") for name in _FUNCTIONS.split()},
    **{name: Symbol(text, "op", "function") for name, text in _SPACED_FUNCTIONS.items()},
    **{name: Symbol(text, "op", "function") for name, text in rare.FUNCTIONS.items()},
    "infty": Symbol("∞", "ord", "number"),
    "colon": Symbol(":", "punct", "operator"),
    "bmod": Symbol("mod", "bin", "function"),
    "mod": Symbol("mod", "bin", "function"),
}
"""Commands without arguments, by their name without the backslash."""

BIG_OPERATORS = frozenset(_pairs(f"{_BIG} {rare.BIG}").values())
"""Operators drawn as one sign, such as ∑ and ∫."""

SIGNS = frozenset("+−±∓")
"""Operators that bind more loosely than a fraction bar."""

CHARACTERS: dict[str, Symbol] = {
    "+": Symbol("+", "bin", "operator"),
    "-": Symbol("−", "bin", "operator"),
    "*": Symbol("*", "bin", "operator"),
    **{char: Symbol(char, "rel", "operator") for char in "=<>:"},
    **{char: Symbol(char, "punct", "operator") for char in ",;"},
    **{char: Symbol(char, "ord", "operator") for char in '/!?.@"`'},
}
"""Plain characters that are neither letters, digits nor brackets."""

_OPENING = r"(:( [:[ \{:{ \lbrace:{ \langle:⟨ \lfloor:⌊ \lceil:⌈ \lvert:| \lVert:‖ \lbrack:["
_CLOSING = r"):) ]:] \}:} \rbrace:} \rangle:⟩ \rfloor:⌋ \rceil:⌉ \rvert:| \rVert:‖ \rbrack:]"
DELIMITERS: dict[str, Symbol] = {
    **_symbols(f"{_OPENING} {rare.OPENING}", "open", "bracket"),
    **_symbols(f"{_CLOSING} {rare.CLOSING}", "close", "bracket"),
    **_symbols(rf"|:| \|:‖ \vert:| \Vert:‖ {rare.BARS}", "bar", "bracket"),
}
"""Brackets, by the character or the command as it is written."""

FENCE_ONLY: dict[str, str] = {
    ".": "", "/": "/", "<": "⟨", ">": "⟩", "\\uparrow": "↑", "\\downarrow": "↓",
    "\\updownarrow": "↕", "\\backslash": "\\", "\\Uparrow": "⇑", "\\Downarrow": "⇓",
    "\\Updownarrow": "⇕", "\\lt": "⟨", "\\gt": "⟩",
}  # fmt: skip
"""What may follow `\\left`, `\\right` and `\\big` besides a bracket."""

SPACES: dict[str, int] = {
    ",": 1, ":": 1, ";": 1, ">": 1, " ": 2, "quad": 3, "qquad": 5, "!": 0, "enspace": 2,
    "thinspace": 1, "medspace": 1, "thickspace": 1, "negthinspace": 0, "space": 2,
    "nobreakspace": 2, "negmedspace": 0, "negthickspace": 0, "\n": 2,
}  # fmt: skip
"""Widths of spaces: 0 none, 1 thin (none in scripts), otherwise one more than its blanks."""

_STEERING = """
displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits displaylimits nonumber
notag hline mathstrut strut protect relax allowbreak nobreak null break newline normalsize
small large Large cdashline hfill hfil noindent centering huge Huge LARGE scriptsize tiny Tiny
footnotesize hdashline hfilll nonscript goodbreak badbreak begingroup endgroup bgroup egroup
adjustlimits xmathstrut displaybreak MTFlushSpaceAbove MTFlushSpaceBelow bigstrut
"""
IGNORED = frozenset(_STEERING.split())
"""Commands that only steer the typesetting."""

ACCENTS: dict[str, str] = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303",
    "bar": "\u0304", "overline": "\u0305", "vec": "\u20d7", "overrightarrow": "\u20d7",
    "overleftarrow": "\u20d6", "dot": "\u0307", "ddot": "\u0308", "dddot": "\u20db",
    "check": "\u030c", "widecheck": "\u030c", "breve": "\u0306", "acute": "\u0301",
    "grave": "\u0300", "mathring": "\u030a", "underline": "\u0332", "underbar": "\u0332",
    "overleftrightarrow": "\u20e1", "ddddot": "\u20dc", "underrightarrow": "", "underleftarrow": "",
    "underleftrightarrow": "", "overparen": "", "underparen": "", "wideparen": "", "Aboxed": "",
    "underbrace": "", "overbrace": "", "underbracket": "", "overbracket": "", "boxed": "",
    "fbox": "", "cancel": "", "bcancel": "", "xcancel": "", "sout": "",
}  # fmt: skip
"""Commands that mark their argument, with the combining character for a single letter."""

_LINES = """
aligned align align* alignat alignat* alignedat split gathered gather gather* equation equation*
multline multline* multlined eqnarray eqnarray* flalign flalign* xalignat xalignat* xxalignat
lgathered rgathered subarray math displaymath
"""
_MATRICES = {"p": ("(", ")"), "b": ("[", "]"), "B": ("{", "}"), "v": ("|", "|"), "V": ("‖", "‖")}
_TABLES = {
    **{f"{kind}{size}matrix": pair for kind, pair in _MATRICES.items() for size in ("", "small")},
    **dict.fromkeys(("matrix", "smallmatrix", "array"), ("matrix(", ")")),
    **dict.fromkeys(("cases", "dcases", "rcases", "drcases"), ("{ ", " }")),
}
ENVIRONMENTS: dict[str, tuple[str, str]] = {
    **_TABLES,
    **{f"{name}*": pair for name, pair in _TABLES.items() if name.endswith("matrix")},
    **dict.fromkeys(_LINES.split(), ("", "")),
}
"""Environments and the brackets round their one-line form; none round lines of an equation."""
