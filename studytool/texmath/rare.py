"""Signs that few formulas use: more pairs of a name and its text for each table of symbols."""

LETTERS = """
gimel:ℷ daleth:ℸ eth:ð Finv:Ⅎ Game:⅁ hslash:ℏ Bbbk:𝕜 AA:Å varGamma:Γ varDelta:Δ varTheta:Θ
varLambda:Λ varXi:Ξ varPi:Π varSigma:Σ varUpsilon:Υ varPhi:Φ varPsi:Ψ varOmega:Ω
"""

MARKS = """
backprime:‵ lozenge:◊ blacklozenge:⧫ blacktriangle:▲ blacktriangledown:▼ triangledown:▽
vartriangle:△ circledR:® circledS:Ⓢ diagdown:╲ diagup:╱ maltese:✠ measuredangle:∡ euro:€
restriction:↾ upharpoonright:↾
sphericalangle:∢ yen:¥ micro:µ ohm:Ω celsius:℃ perthousand:‰ ldotp:. qedhere:□ qed:□
"""

BINARIES = """
bigtriangledown:▽ bigtriangleup:△ boxdot:⊡ boxminus:⊟ centerdot:· circledast:⊛ circledcirc:⊚
circleddash:⊝ curlyvee:⋎ curlywedge:⋏ divideontimes:⋇ doublebarwedge:⩞ doublecap:⋒ doublecup:⋓
intercal:⊺ leftthreetimes:⋋ rightthreetimes:⋌ lhd:⊲ rhd:⊳ unlhd:⊴ unrhd:⊵
"""

RELATIONS = """
backepsilon:϶ backsim:∽ backsimeq:⋍ blacktriangleleft:◀ blacktriangleright:▶ bumpeq:≏ Bumpeq:≎
circeq:≗ curlyeqprec:⋞ curlyeqsucc:⋟ Doteq:≑ doteqdot:≑ eqcirc:≖ eqslantgtr:⪖ eqslantless:⪕
gtrdot:⋗ lessdot:⋖ gggtr:⋙ llless:⋘ gnapprox:⪊ gneq:⪈ gneqq:≩ gvertneqq:≩ gnsim:⋧ gtrapprox:⪆
gtreqless:⋛ gtreqqless:⪌ lessapprox:⪅ lesseqgtr:⋚ lesseqqgtr:⪋ lnapprox:⪉ lneq:⪇ lneqq:≨
lvertneqq:≨ lnsim:⋦ ngeqq:≱ ngeqslant:≱ nleqq:≰ nleqslant:≰ npreceq:⋠ nsucceq:⋡ nshortmid:∤
nshortparallel:∦ nsubseteqq:⊈ nsupseteqq:⊉ ntriangleleft:⋪ ntrianglelefteq:⋬ ntriangleright:⋫
ntrianglerighteq:⋭ nVdash:⊮ nVDash:⊯ precapprox:⪷ preccurlyeq:≼ precnapprox:⪹ precneqq:⪵
precnsim:⋨ precsim:≾ succapprox:⪸ succcurlyeq:≽ succnapprox:⪺ succneqq:⪶ succnsim:⋩ succsim:≿
shortmid:| shortparallel:∥ smallfrown:⌢ smallsmile:⌣ Subset:⋐ Supset:⋑ subseteqq:⫅ supseteqq:⫆
subsetneqq:⫋ supsetneqq:⫌ varsubsetneq:⊊ varsupsetneq:⊋ varsubsetneqq:⫋ varsupsetneqq:⫌
thickapprox:≈ thicksim:∼ vartriangleleft:⊲ vartriangleright:⊳ Vvdash:⊪ Join:⋈
coloneq:≔ eqcolon:≕ Coloneqq:⩴ Coloneq:⩴ Eqqcolon:=∷ Eqcolon:=∷ dblcolon:∷ vcentcolon::
vcentercolon:: ordinarycolon:: colonapprox::≈ Colonapprox:∷≈ approxcolon:≈: Approxcolon:≈∷
colonsim::∼ Colonsim:∷∼ simcolon:∼: Simcolon:∼∷ colondash::− Colondash:∷− dashcolon:−: Dashcolon:−∷
"""

ARROWS = """
curvearrowleft:↶ curvearrowright:↷ downdownarrows:⇊ upuparrows:⇈ downharpoonleft:⇃
downharpoonright:⇂ upharpoonleft:↿ leftarrowtail:↢ leftrightarrows:⇆
leftrightsquigarrow:↭ Lleftarrow:⇚ Rrightarrow:⇛ looparrowleft:↫ looparrowright:↬ Lsh:↰ Rsh:↱
nleftrightarrow:↮ nLeftrightarrow:⇎ twoheadleftarrow:↞ mapsfrom:↤ longmapsfrom:⟻
"""

BIG = "bigtimes:⨉ iiiint:⨌ idotsint:∫⋯∫ oiiint:∰ ointop:∮"

FUNCTIONS = {
    "varinjlim": "inj lim", "varprojlim": "proj lim", "varliminf": "lim inf",
    "varlimsup": "lim sup",
}  # fmt: skip

OPENING = r"\lgroup:⟮ \lmoustache:⎰ \ulcorner:⌜ \llcorner:⌞ \lparen:("
CLOSING = r"\rgroup:⟯ \rmoustache:⎱ \urcorner:⌝ \lrcorner:⌟ \rparen:)"
BARS = r"\arrowvert:| \bracevert:| \Arrowvert:‖"
