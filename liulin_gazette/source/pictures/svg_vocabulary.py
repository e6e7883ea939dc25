"""What an SVG picture may consist of: elements, attributes and style properties, and what is said of others.

Scalable Vector Graphics 1.1 (Second Edition), appendices K to M, and the names that SVG 2 added; without text,
animation, scripts, and what does not reach a printing plate.
"""

from __future__ import annotations

from collections.abc import Mapping

from liulin_gazette.source.folder import Fault


class SvgError(ValueError):
    """An SVG picture is refused."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(*fault)
        self.fault = fault


SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

_PLAIN = "用绘图软件另存为普通 SVG；或导出为 300 ppi 以上的 PNG。"
FOREIGN: Fault = ("引用了文件以外的内容", "用绘图软件另存为普通 SVG，只留线条，不引用图片和别的文件。")
LINK: Fault = ("里有链接，通往文件以外", "在绘图软件里去掉链接再保存；网址写在正文里。")
SCRIPT: Fault = ("里有脚本或网页的内容", "用绘图软件另存为普通 SVG，只留线条。")
BROKEN: Fault = ("不是完好的 SVG 文件", "请重新导出图片。")
ENCODING: Fault = ("的编码程序不认识", "用绘图软件或文本编辑器另存为 UTF-8 编码。")
_TEXT: Fault = (
    "里有没有转成曲线的文字",
    "在绘图软件里把文字转成曲线（轮廓）再保存，否则换一台电脑字就变了。",
)
UNPRINTABLE: Fault = ("里有渐变、图案、滤镜或半透明", "改成纯色；或导出为 300 ppi 以上的 PNG。")
_MOVING: Fault = ("里有动画", "删去动画再保存；印出来的图不会动。")
BITMAP: Fault = ("里嵌有位图，印不出来", "整幅图导出为 300 ppi 以上的 PNG；或把位图去掉，只留线条。")
ENTITIES: Fault = ("定义了 XML 实体", f"{_PLAIN}Illustrator 存盘时不要选“保留 Illustrator 编辑功能”。")
ENDLESS: Fault = ("里的图形引用了自己，画不完", f"删去循环的引用（use、marker、clip-path）再保存；{_PLAIN}")
HEAVY: Fault = ("太复杂，画一遍要很久", "减少重复引用的图形和节点；或导出为 300 ppi 以上的 PNG。")
DEEP: Fault = ("的图形一层套一层，层数太多", "在绘图软件里取消编组再保存；或导出为 300 ppi 以上的 PNG。")
STYLE: Fault = ("的样式表里有程序不认识的写法", f"导出时样式选“演示属性”或“内联样式”；{_PLAIN}")


def unknown(kind: str, name: str) -> Fault:
    """Return the fault of a picture that has a ``name`` that is not known; ``kind`` is what it names, in Chinese."""
    return f"里有程序不认识的{kind}“{name[:40]}”", _PLAIN


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
ELEMENTS = SHAPES | frozenset(
    {"svg", "g", "defs", "symbol", "use", "clipPath", "marker", "style", "title", "desc", "switch", "a"}
)
LEFT_OUT = frozenset(
    {"metadata", "view", "cursor", "color-profile", "font", "font-face", "glyph", "missing-glyph"}
)
"""Elements of which nothing is drawn; they are left out with their content."""


def _faults(fault: Fault, names: str) -> dict[str, Fault]:
    return dict.fromkeys(names.split(), fault)


REFUSED: Mapping[str, Fault] = {
    **_faults(SCRIPT, "script handler listener foreignObject iframe embed object audio video canvas"),
    **_faults(_TEXT, "text tspan tref textPath altGlyph flowRoot flowPara flowRegion"),
    **_faults(
        UNPRINTABLE, "linearGradient radialGradient meshgradient meshGradient pattern hatch filter mask"
    ),
    **_faults(_MOVING, "animate animateColor animateMotion animateTransform set mpath discard"),
    **_faults(BITMAP, "image feImage"),
}
"""Elements that the office may well meet, with what is said of each."""

PROPERTIES = _names(
    """
    alignment-baseline background background-color baseline-shift block-progression border box-sizing clip clip-path clip-rule color color-interpolation
    color-interpolation-filters color-profile color-rendering cursor cx cy direction display dominant-baseline
    enable-background fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings
    font-kerning font-size font-size-adjust font-stretch font-style font-variant font-variant-alternates
    font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric font-variant-position
    font-variation-settings font-weight glyph-orientation-horizontal glyph-orientation-vertical height image-rendering
    inline-size isolation kerning letter-spacing lighting-color line-height margin marker marker-end marker-mid marker-start
    mask max-height max-width min-height min-width mix-blend-mode opacity order outline overflow overflow-x overflow-y padding paint-order pointer-events r rx ry shape-inside
    shape-margin shape-padding shape-rendering shape-subtract solid-color solid-opacity stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-align text-anchor text-decoration text-decoration-color text-decoration-line text-decoration-style
    text-indent text-orientation text-overflow text-rendering text-transform transform transform-box transform-origin
    unicode-bidi user-select vector-effect vertical-align visibility white-space width word-spacing writing-mode x y
    """
)
"""Properties of a style; as attributes they mean the same. Others are left out, as unknown attributes are."""
REFUSED_PROPERTIES = _names(
    """
    backdrop-filter behavior d mask-border mask-border-source mask-image offset-path rotate scale translate zoom
    """
)
"""Properties that change what some programs draw and others do not: left out, they would give another picture."""
ATTRIBUTES = PROPERTIES | _names(
    """
    class clipPathUnits d height id lang markerHeight markerUnits markerWidth media orient pathLength points
    preserveAspectRatio refX refY requiredExtensions requiredFeatures role space style systemLanguage target type
    version viewBox width x1 x2 y1 y2 baseProfile contentScriptType contentStyleType zoomAndPan
    externalResourcesRequired
    """
)
"""Of the elements that are drawn. Others, such as those that drawing programs add, change nothing and are left out."""
COLOURS = frozenset({"fill", "stroke", "color", "stop-color", "flood-color", "lighting-color", "solid-color"})
OPACITIES = frozenset({"opacity", "fill-opacity", "stroke-opacity"})
RASTERISED: Mapping[str, frozenset[str]] = {
    "filter": frozenset({"none"}),
    "mask": frozenset({"none"}),
    "mix-blend-mode": frozenset({"normal"}),
}
"""Properties that turn what is drawn into pixels, each with the values that do not."""
FUNCTIONS = _names(
    """
    calc device-cmyk hsl icc-color matrix rect rgb rotate scale scalex scaley skew skewx skewy translate translatex
    translatey url
    """
)
"""Functions in the value of a property."""
