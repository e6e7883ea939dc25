"""SVG pictures are written anew from what is known; everything else is refused, with the reason."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liulin_gazette.model.diagnostics import Severity
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.source.pictures.picture_files import published_picture
from liulin_gazette.source.pictures.svg_file import rewritten
from liulin_gazette.source.pictures.svg_published_file import written_as_published
from liulin_gazette.source.pictures.svg_vocabulary import SvgError
from tests.conftest import Edit, findings, publish

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">'
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
PATH = '<path d="M0 0h9v9z"/>'
USE = '<use href="#p"/>'


def _svg(inside: str) -> bytes:
    return f"{OPEN}{inside}</svg>".encode()


def _nested_uses(levels: int) -> str:
    groups = (f'<g id="g{level + 1}">' + f'<use href="#g{level}"/>' * 10 + "</g>" for level in range(levels))
    return f'<defs><g id="g0">{PATH}</g>{"".join(groups)}</defs><use href="#g{levels}"/>'


REFUSED = {
    "脚本": [
        _svg("<script>1</script>"),
        _svg("<script/>").decode().encode("utf-16"),
        _svg(PATH).replace(b"<path", b'<path onclick="go()"'),
        _svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">1</p></foreignObject>'),
        _svg('<s:script xmlns:s="http://www.w3.org/2000/svg"/>'),
    ],
    "链接": [_svg('<a href="https://elsewhere.example/"><path d="M0 0"/></a>')],
    "文件以外": [
        _svg('<use href="other.svg#a"/>'),
        _svg('<a xlink:href=" javascript:go()"/>'),
        _svg('<path fill="url(http://elsewhere.example/a)" d="M0 0"/>'),
        _svg('<path style="fill:url( //elsewhere.example )" d="M0 0"/>'),
        _svg("<style>@import 'a.css';</style>"),
        _svg("<style>path{fill:URL(a.svg#b)}</style>"),
    ],
    "位图": [_svg('<image href="data:image/png;base64,aaaa"/>'), _svg('<image href="a.png"/>')],
    "实体": [
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + _svg("&a;"),
        b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>' + _svg(PATH),
    ],
    "样式表": [
        _svg("<style>" + "path{fill:red}" * 40_000 + "</style>"),
        _svg("<style>path:not(g){fill:red}</style>"),
        _svg("<style>path:first-childish{fill:red}</style>"),
        _svg("<style>path{fill:red}@charset 'utf-8';</style>"),
        _svg(f'<g fill="{"rgb(" * 200}"/>'),
        _svg(r"<style>path{fill:\75rl(a)}</style>"),
        _svg("<style>@media print{path{fill:red}}</style>"),
        _svg("<style>path{fill:red</style>"),
        _svg("<style>path[d]{fill:red}</style>"),
        _svg("<style>" + "a/* " * 100_000 + "</style>"),
        _svg('<path style="' + "x:(a" * 20_000 + '"/>'),
    ],
    "不认识的元素“blink”": [_svg("<blink/>")],
    "不认识的样式“behavior”": [_svg('<path style="behavior:none"/>')],
    "不认识的样式“mask-image”": [_svg("<style>g{mask-image:url(#a)}</style>")],
    "不认识的样式“paint()”": [_svg('<path style="fill:paint(x)"/>')],
    "渐变": [
        _svg('<radialGradient id="g"/>'),
        _svg('<filter id="f"><feGaussianBlur stdDeviation="9999"/></filter>'),
        _svg('<g style="filter:blur(2px)"/>'),
        _svg('<g mask="url(#m)"/>'),
        _svg('<g opacity="40%"/>'),
        _svg('<g fill="rgba(0,0,0,.5)"/>'),
        _svg('<g fill="#11223344"/>'),
        _svg('<g fill="rgb(1,2,3,0.5)"/>'),
        _svg('<g fill="RGB(1 2 3 / 50%)"/>'),
        _svg('<g fill="rgb(calc(1),2,3,.5)"/>'),
        _svg('<g opacity="calc(0.5)"/>'),
        _svg('<g style="fill-opacity:calc(.5)"/>'),
    ],
    "转成曲线": [_svg("<text>字</text>")],
    "动画": [_svg('<path><animate attributeName="d"/></path>')],
    "引用了自己": [
        _svg('<g id="a"><use href="#a"/></g>'),
        _svg(
            '<marker id="m"><path marker-end="url(#m)" d="M0 0"/></marker><path marker-end="url(#m)" d="M0 0"/>'
        ),
        _svg(
            "<style>.m{marker:url(#m)}</style>"
            '<marker id="m"><path class="m" d="M0 0"/></marker><path class="m" d="M0 0"/>'
        ),
        _svg('<clipPath id="c"><g clip-path="url(#c)"/></clipPath><g clip-path="url(#c)"/>'),
    ],
    "画一遍要很久": [
        _svg(_nested_uses(6)),
        _svg(f'<marker id="m">{PATH * 100}</marker><path marker-mid="url(#m)" d="M0 0{"h1" * 20_000}"/>'),
        _svg("<g/>" * 100_001),
        _svg(f'<path id="p" d="M0 0{"z" * 200_000}"/>{USE * 20}'),
        _svg(f'<path id="p" d="M0 0{" " * 2_000_000}"/>{USE * 20}'),
        _svg(f"<style>{'g,' * 60_000}g{{fill:red}}</style>{'<g/>' * 100}"),
        _svg("<style>g{" + "fill:red;" * 40_000 + "}</style>" + "<g/>" * 200),
        _svg(f'<g class="{"a " * 6000}"/>'),
    ],
    "层数太多": [_svg("<g>" * 300 + "</g>" * 300), _svg("<x:g xmlns:x='x'>" * 300)],
    "不是完好的": [
        b"",
        b"<svg",
        b"\0\0",
        b"<html/>",
        _svg(PATH) + b"<x/>",
    ],
    "编码": [
        b'<?xml version="1.0" encoding="gb2312"?>' + _svg(PATH),
        b'<?xml version="1.0" encoding="nothing"?>' + _svg(PATH),
    ],
    "orient": [_svg('<marker id="m" orient="left"/>')],
}


@pytest.mark.parametrize(("said", "data"), [(said, each) for said, all_ in REFUSED.items() for each in all_])
def test_refused(said: str, data: bytes) -> None:
    with pytest.raises(SvgError) as refused:
        rewritten(data)
    words, hint = refused.value.fault
    assert said in words and hint.endswith("。")


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        (PATH, PATH),
        ("\n  <!-- note --><?pi x?>\n" + PATH, PATH),
        ("<metadata><a xmlns='x'>作者</a></metadata>" + PATH, PATH),
        ("<e:view xmlns:e='x' e:a='1'><e:b/></e:view>" + PATH, PATH),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>go()</h:script>" + PATH, PATH),
        ('<path data-name="a" p-id="7" e:a="b" xmlns:e="x" d="M0 0"/>', '<path d="M0 0"/>'),
        ('<path style="fill:#000; -e-x:1;; stroke-width : .5px" d="M0 0"/>',
         '<path style="fill:#000;stroke-width:.5px" d="M0 0"/>'),
        ("<style><![CDATA[ .a , g>path{ fill:rgb(1,2,3) } /* x */ * {stroke:none}]]></style>",
         "<style>.a,g&gt;path{fill:rgb(1,2,3)}*{stroke:none}</style>"),
        ("<style>@charset 'utf-8'; path:first-child, g:nth-child(2n + 1) path{fill:red}</style>",
         "<style>path:first-child,g:nth-child(2n + 1) path{fill:red}</style>"),
        ('<path style="font-optical-sizing:auto;mask-type:url(//elsewhere.example);fill:red" d="M0 0"/>',
         '<path style="fill:red" d="M0 0"/>'),
        ('<g i:online="1" xmlns:i="x"/>', "<g/>"),
        ("<title>甲 &amp; &lt;乙&gt;<g/></title>", "<title>甲 &amp; &lt;乙&gt;</title>"),
        ('<g id="&quot;&lt;&#10;a" opacity="1" filter="none"/>', '<g id="&quot;&lt;&#10;a" opacity="1" filter="none"/>'),
        ('<marker id="m" orient="45deg"/>', '<marker id="m" orient="45"/>'),
        ('<g id="a">' + PATH + '</g><use href="#a"/>', '<g id="a">' + PATH + '</g><use href="#a"/>'),
    ],
)  # fmt: skip
def test_written_anew(inside: str, outcome: str) -> None:
    first = rewritten(_svg(inside))
    assert first == f"{HEAD}{outcome}</svg>".encode()
    assert rewritten(first) == first


def test_common_heads_are_read() -> None:
    doctype = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    wanted = rewritten(_svg(PATH))
    for data in (
        b'\xef\xbb\xbf<?xml version="1.0"?>' + doctype + _svg(PATH),
        b'<?xml version="1.0" encoding="iso-8859-1"?>' + _svg(PATH),
        b'<?xml-stylesheet href="http://elsewhere.example/a.css"?>' + _svg(PATH),
        _svg(PATH).decode().encode("utf-16"),
        f'<svg viewBox="0 0 9 9">{PATH}</svg>'.encode(),
    ):
        assert rewritten(data) == wanted
    assert published_picture("content/2026-1/图.SVG", _svg(PATH)) == wanted
    assert published_picture("content/2026-1/图.png", b"any") == b"any"


def test_what_is_drawn_often_but_quickly_is_drawn() -> None:
    points = "".join(f'<use xlink:href="#p" x="{number}"/>' for number in range(3000))
    arrows = '<path marker-end="url(#m)" d="M0 0h1"/>' * 1000
    assert rewritten(_svg(f'<defs><g id="p">{PATH}</g><marker id="m">{PATH}</marker></defs>{points}{arrows}'))


def _element(name: str, attributes: dict[str, str], inside: list[str]) -> str:
    written = "".join(f" {key}='{value}'" for key, value in attributes.items())
    return f"<{name}{written}>{''.join(inside)}</{name}>"


_NAMES = st.sampled_from(["g", "path", "use", "style", "title", "x:g", "switch", "marker"])
_VALUES = st.sampled_from(["#a", "url(#a)", "a:b;c", "fill:red", "0 0 9 9", '"', "&lt;"])
_ATTRIBUTES = st.dictionaries(st.sampled_from(["id", "href", "style", "fill", "d", "x:y", "marker"]), _VALUES)
_TREES = st.recursive(
    st.text("ab{}:;&<", max_size=4).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(_element, _NAMES, _ATTRIBUTES, st.lists(inner, max_size=4)),
)


@given(_TREES)
def test_writing_twice_is_writing_once(inside: str) -> None:
    try:
        first = rewritten(_svg(f'<g xmlns:x="x">{inside}</g>'))
    except SvgError:
        return
    assert rewritten(first) == first


def test_site_and_pdf_get_the_picture_written_anew(project: Path, edit: Edit) -> None:
    extra = '<e:view xmlns:e="x"/><path e:a="b" xmlns:e="x" d="M0 0h9v9z"/>'
    (project / "content/2026-1/图.svg").write_bytes(_svg(extra))
    edit("2026-1/01.md", "请认真执行。", "请认真执行。\n\n![护林路线](图.svg)")
    assert not build(project, Wanted(), lambda _: None).failed
    published = next((project / "output/site/2026/1").rglob("图.svg"))
    assert published.read_bytes() == rewritten(_svg(PATH))


@pytest.mark.parametrize(
    ("inside", "outcome"),
    [
        ("<blink>a<path d='M0 0'/></blink>", '<blink>a<path d="M0 0"></path></blink>'),
        ('<image href=" data:image/png;base64,aa"/>', '<image href=" data:image/png;base64,aa"></image>'),
        ('<use xlink:href="#a" opacity=".5"/>', '<use xlink:href="#a" opacity=".5"></use>'),
        ("<style>path[d]{fill:url(#a)}</style>", "<style>path[d]{fill:url(#a)}</style>"),
        ('<g onclick="go()" e:online="1" xmlns:e="x" p:q="2" xmlns:p="y"/>', "<g></g>"),
        ('<x:script xmlns:x="http://www.w3.org/2000/svg">go()</x:script><h:b xmlns:h="h">go()</h:b>', ""),
        ('<foreignObject><g/></foreignObject><a href="javascript:go()"/>', "<a></a>"),
        ('<a><set attributeName="xlink:href" to="#x"/><set attributeName="fill" to="red"/></a>',
         '<a><set attributeName="fill" to="red"></set></a>'),
        ('<image href="data:image/svg+xml,a"/><use href="data:image/png;a"/>', "<image></image><use></use>"),
        (r'<style>g{fill:\75rl(a)}</style><g fill="url(a)" style="fill:image-set(a)" xml:base="b"/>',
         "<style></style><g></g>"),
        ("<style>g{}<g/>@import 'a';</style>", "<style>g{}<g></g></style>"),
    ],
)  # fmt: skip
def test_as_published_only_what_can_run_or_leads_out_is_left_out(inside: str, outcome: str) -> None:
    first = written_as_published(_svg(inside))
    head = HEAD.replace(" viewBox", ' xmlns:xlink="http://www.w3.org/1999/xlink" viewBox')
    assert first == f"{head}{outcome}</svg>".encode()
    assert written_as_published(first) == first


@pytest.mark.parametrize("data", [b"", b"<svg", b"<html/>", *REFUSED["实体"], *REFUSED["编码"]])
def test_what_was_never_a_picture_is_not_written_as_published(data: bytes) -> None:
    with pytest.raises(SvgError):
        written_as_published(data)


@given(_TREES)
def test_what_is_written_as_published_leads_nowhere(inside: str) -> None:
    try:
        first = written_as_published(_svg(f'<g xmlns:x="x">{inside}</g>'))
    except SvgError:
        return
    assert written_as_published(first) == first


def test_a_published_svg_that_is_refused_today_is_a_warning(project: Path, edit: Edit) -> None:
    old = _svg(f'<image href="data:image/png;base64,aaaa" onload="go()"/>{PATH}')
    picture = project / "content/2026-1/图.svg"
    picture.write_bytes(_svg(PATH))
    edit("2026-1/01.md", "请认真执行。", '请认真执行。\n\n![护林路线](图.svg "图1 路线")')
    assert not findings(project)
    picture.write_bytes(old)
    (found,) = findings(project)
    assert (found.code, found.severity) == ("S017", Severity.ERROR)
    picture.write_bytes(_svg(PATH))
    publish(project, "2026-1")
    record = project / "content/2026-1/published.json"
    before, after = (hashlib.sha256(data).hexdigest() for data in (_svg(PATH), old))
    record.write_text(record.read_text("utf-8").replace(before, after), "utf-8")
    picture.write_bytes(old)
    listed = project / "content/published.json"
    listed.write_text(listed.read_text("utf-8").replace(before, after), "utf-8")
    (found,) = findings(project)
    assert (found.code, found.severity) == ("S017", Severity.WARNING) and "不用改" in found.hint
    published = published_picture("图.svg", old)
    assert b"base64,aaaa" in published and b"onload" not in published
    picture.write_bytes(old.replace(b"aaaa", b"bbbb"))
    assert ("S017", Severity.ERROR) in [(each.code, each.severity) for each in findings(project)]
