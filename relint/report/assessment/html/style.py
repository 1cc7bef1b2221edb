"""The style sheet of the page: light and dark, on a screen and on paper."""

from __future__ import annotations

_LIGHT = (
    "--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;--acc:#0b57d0;--on:#fff;"
    "--up:#116329;--upb:#e3f7e6;--mid:#7a4f00;--midb:#fff5cc;--down:#a1201a;--downb:#ffebe9;--unk:#5b3a9e;--unkb:#f1eafe"
)
_DARK = (
    "--bg:#0d1117;--fg:#e6edf3;--dim:#9ba3ae;--line:#3a424d;--soft:#151b23;--acc:#8ab4ff;--on:#0d1117;"
    "--up:#62d873;--upb:#10261a;--mid:#e8bc4a;--midb:#2a220f;--down:#ff8b82;--downb:#2f1618;--unk:#c3a6ff;--unkb:#1f1833"
)
_BASE = """
*{box-sizing:border-box}
html{color-scheme:light dark}
body{margin:0 auto;max-width:1320px;padding:28px 32px 48px;color:var(--fg);background:var(--bg);
font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:24px;line-height:1.3;margin:0}h2{font-size:19px;margin:36px 0 6px}h3{font-size:16px;margin:0 0 4px}
a{color:var(--acc)}code{font-family:ui-monospace,Menlo,"DejaVu Sans Mono",monospace}
.dim{color:var(--dim)}
p{margin:6px 0}.sub{color:var(--dim);margin:4px 0 18px}
.skip{position:absolute;left:-9999px}.skip:focus{position:static}
.defs{position:absolute}
.scroll{overflow-x:auto;margin:14px 0}.scroll:focus-visible,
a:focus-visible{outline:3px solid var(--acc);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;font-weight:650;font-size:15px;padding:6px 0}
th,td{text-align:left;vertical-align:top;padding:7px 12px 7px 0;border-bottom:1px solid var(--line);min-width:104px}
thead th{color:var(--dim);font-size:13px;font-weight:600}tbody th{font-weight:600;min-width:140px}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:14px;margin:14px 0}
.card{border:1px solid var(--line);border-top:4px solid var(--line);border-radius:10px;padding:10px 14px;
background:var(--soft);break-inside:avoid}
.card h3{font-size:13px;color:var(--dim);font-weight:600;margin:0}
.card .o{margin:2px 0 6px;font-size:16px;font-weight:650}
.card.up{border-top-color:var(--up)}.card.unknown{border-top-color:var(--unk)}.card.down{border-top-color:var(--down)}
.card dl{display:grid;grid-template-columns:44px 1fr;margin:0}dt{color:var(--dim)}dd{margin:0}
.points{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:10px 0}
.mark{display:inline-block;min-width:1.25em;font-weight:700;font-style:normal}
.mark.up,.verdict.up{color:var(--up)}.mark.degraded{color:var(--mid)}
.mark.down,.verdict.down{color:var(--down)}.mark.unknown,.verdict.unknown{color:var(--unk)}
.verdict{font-weight:650;margin-right:10px;white-space:nowrap}
fieldset{border:0;margin:12px 0 0;padding:0;min-width:0}legend{font-weight:600;padding:0;margin-bottom:8px}
.tabs{display:flex;flex-wrap:wrap;row-gap:6px}
.tabs>input{appearance:none;opacity:0;width:2px;height:2px;margin:14px -2px 0 0}
.tabs>label{padding:5px 14px 5px 10px;border:1px solid var(--line);border-radius:999px;cursor:pointer;
background:var(--soft);max-width:100%;margin-right:6px}
.tabs>input:checked+label{background:var(--acc);border-color:var(--acc);color:var(--on);font-weight:600}
.tabs>input:checked+label .mark{color:var(--on)}
.tabs>input:focus-visible+label{outline:3px solid var(--acc);outline-offset:2px}
.panels{flex:1 0 100%;min-width:0;margin-top:4px;border:1px solid var(--line);border-radius:12px;padding:14px 16px}
.panels>section{display:none}.say{font-size:16px}.fates{font-size:14px}
.picture{margin:8px 0 0}nav>.scroll{max-height:520px;overflow-y:auto}nav caption,nav thead th{background:var(--bg)}
nav thead{position:sticky;top:0}svg{display:block;width:100%;height:auto}
svg a{text-decoration:none}svg text{font-family:inherit;font-size:12px;fill:var(--fg)}
.f{fill:var(--soft);stroke:var(--line)}.region{fill:none;stroke:var(--dim);stroke-dasharray:2 4}
.f.lost{stroke:var(--down);stroke-width:2;stroke-dasharray:none}.head{fill:var(--bg)}
.line-hatch-lost{stroke:var(--down);stroke-width:1.6;opacity:.32}.line-hatch-unknown{stroke:var(--dim);stroke-width:1.2;opacity:.3}
svg .zt{font-weight:650;font-size:13.5px}svg .zl{font-weight:650;font-size:13px;fill:var(--down)}
svg .row{fill:var(--dim);font-weight:600;font-size:13px}
svg .n{font-weight:650;font-size:13.5px}svg .k{fill:var(--dim)}
svg .g{font-size:14px;font-weight:700}svg .w{font-weight:600}
.b rect{stroke-width:1.6}.b.up rect{fill:var(--upb);stroke:var(--up)}.b.up .g,.b.up .w{fill:var(--up)}
.b.degraded rect{fill:var(--midb);stroke:var(--mid);stroke-width:2.4}.b.degraded .g,.b.degraded .w{fill:var(--mid)}
.b.down rect{fill:var(--downb);stroke:var(--down);stroke-dasharray:6 4}.b.down .g,.b.down .w{fill:var(--down)}
.b.unknown rect{fill:var(--unkb);stroke:var(--unk);stroke-dasharray:2 3}.b.unknown .g,.b.unknown .w{fill:var(--unk)}
svg a:focus-visible{outline:none}svg a:focus-visible rect{stroke:var(--acc);stroke-width:4;stroke-dasharray:none}
.a{fill:none;stroke:var(--dim);stroke-width:1.5}.a.hint{stroke-dasharray:2 4}.a.either{stroke-dasharray:7 4}
.a.instead{stroke:var(--mid);stroke-width:2.8}.a.struck{stroke:var(--down);stroke-dasharray:5 5;opacity:.8}
.cut{fill:none;stroke:var(--down);stroke-width:2.4}
.tip-live{fill:var(--dim)}.tip-instead{fill:var(--mid)}.tip-struck{fill:var(--down)}
.legend{font-size:13px;color:var(--dim)}
.foot{color:var(--dim);font-size:13px;margin-top:28px;border-top:1px solid var(--line);padding-top:10px}
@media(max-width:600px){td{min-width:150px}
body{padding:16px 14px 32px}.points{grid-template-columns:1fr}.points dd{margin:0 0 6px}}
@page{size:A4 landscape;margin:12mm}
@media print{body{padding:0;max-width:none;font-size:12px}table{font-size:11px}
legend,.skip,.tabs>input,.tabs>label{display:none}
.tabs{display:block}
.panels{border:0;padding:0}.panels>section{display:block;break-inside:avoid;margin-bottom:18px}
.scroll,nav>.scroll{overflow:visible;max-height:none}svg{min-width:0!important;max-width:100%!important;max-height:118mm}
tr{break-inside:avoid}h2,h3,caption{break-after:avoid}}
"""


def style_sheet(tabs: int) -> str:
    """Return the style sheet of a page whose pictures have at most a number of tabs."""
    colours = f":root{{{_LIGHT}}}@media screen and (prefers-color-scheme:dark){{:root{{{_DARK}}}}}"
    return colours + _BASE + "".join(_tab(number) for number in range(1, tabs + 1))


def _tab(number: int) -> str:
    chosen = f".tabs>input:nth-of-type({number}):checked~"
    return f"{chosen}.panels>section:nth-of-type({number}){{display:block}}\n"
