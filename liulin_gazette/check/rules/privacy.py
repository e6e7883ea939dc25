"""Rules about what must not become public (codes P001–P011).

Those about personal data (P001–P005) read unofficial texts too: whoever downloads an issue's ZIP sees them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from liulin_gazette.check.annotations import AnnotatedDocument
from liulin_gazette.check.passages import Passage, Spot
from liulin_gazette.check.rule import Finding, Findings, OwnParts
from liulin_gazette.model.blocks import grid, plain
from liulin_gazette.model.diagnostics import Place, Severity
from liulin_gazette.model.own_texts import OwnText

_MOBILE = re.compile(
    r"(?<![\d.\-])(?:\+?86[- ]?)?(?P<number>(?:1[3-9]\d|[（(]1[3-9]\d[）)])(?:[- .．·]?\d{4}){2})(?!\d|[.\-]\d|[元万亿])"
    r"|(?<![〇零○一二三四五六七八九])(?P<han>[一幺][三四五六七八九][〇零○一二三四五六七八九]{9})(?![〇零○一二三四五六七八九])"
)
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])(?P<number>[1-9]\d{5}[ \-]?(?:19|20)\d{2}[ \-]?(?:0[1-9]|1[0-2])[ \-]?(?:[0-2]\d|3[01])[ \-]?\d{3}[\dXx])(?![\dA-Za-z])"
    r"|(?P<name>身份证(?:件)?(?:号码?)?|证件号码?|身份号码)[：:为是]?\s?(?P<short>(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{6}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3})(?!\d)"
)
"""Numbers of 18 digits, and those of 15 that were issued until 1999, which begin with the code of a province (GB/T 2260)."""
_CARD = re.compile(r"(?<![\dA-Za-z])(?P<number>\d{4}(?:[ \-]?\d{4}){3}(?:[ \-]?\d{1,3})?)(?![\dA-Za-z])")
_CARD_WORD = re.compile(r"卡号|账号|帐号|账户|开户|银行卡|存折")
_ADDRESS = re.compile(
    r"(?:(?<![一-鿿])|家庭|现|户籍|常住|居住)(?:住址|住地|(?<=[庭现籍住])地址|所在地)[：:]\s*[一-鿿]{2,30}?(?:村|社区|小区|组|路|街)[一-鿿\d]*"
    r"|(?<=[，（])住(?=[一-鿿]{2,20}?(?:村|社区|小区|路|街)[一-鿿]{0,6}\d+号)[一-鿿\d]{4,40}"
    r"|(?:家住|现居住于|现住|户籍(?:地|所在地)?[为在])(?!址)[一-鿿]{2,20}?(?:村|社区|小区|路|街)[一-鿿]{0,6}\d+[一-鿿\d]*"
)
_BIRTH = re.compile(
    r"(?:19|20)\d{2}年\d{1,2}月(?:\d{1,2}日)?(?:出生|生(?=[，。；、）)\s]|于|人|$))|出生(?:日期|年月)[：:为]\s*(?:19|20)\d{2}"
)
_PRIVATE_HEADS = re.compile(
    r"(?:公民)?身份证(?:号|号码)?|身份号码|家庭(?:住址|地址)|现住址|出生(?:日期|年月)|银行(?:卡号|账号)|(?:手机|联系)号码?|(?:一卡通|社保卡|存折|工资卡)?卡号|户籍(?:地址|所在地)"
)
_MASKED = re.compile(r"[*＊×xX]{2,}")
_SECRET = re.compile(r"(?:绝密|机密|秘密)(?:★.*)?|(?:绝密|机密|秘密)★.*")
_INTERNAL = re.compile(
    r"(?:内部(?:文件|资料|材料|使用)|注意保存|不得外传|严禁外传|不得翻印|阅后(?:即焚|收回))"
)
_DRAFT = re.compile(r"[（(](?:公开)?(?:征求意见稿|送审稿|讨论稿|修改稿|报批稿|草稿|初稿|审议稿)[）)]\s*$")
_PLACEHOLDER = re.compile(
    r"(?:(?<![一-鿿\d）×✕╳])[×✕╳]|(?<=[年月])[×✕╳]|[×✕╳]{2,4}|[XxＸｘ]{2,4})(?=[年月日县市区局镇村号元万人])|(?<=[（：])待定(?=[）。；])"
)
_ADVERTISING = re.compile(
    r"(?:订购|抢购|加盟|团购)热线|招商热线(?=[：:]\s*(?:1[3-9]\d|400|800))|扫码(?:购买|下单|关注领)|欢迎(?:选购|订购|加盟)|全网最低价?"
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643-1999 §4: weights of MOD 11-2."""


Where = Callable[[int], Spot | Place]
"""Returns where the character at an offset of a text stands."""


def no_private_mobiles(annotated: AnnotatedDocument) -> Findings:
    """P001: no published text holds a private mobile number (《个人信息保护法》; 《政府信息公开条例》第十五条)."""
    public = annotated.archive.gazette.proofreading.public_phones
    for passage, found in annotated.matches(_MOBILE, annotated.published):
        yield from _mobile(found, passage.at, public)


def no_private_mobiles_beside(own: OwnParts) -> Findings:
    """P001: nor do the texts of the gazette itself."""
    for text, found in _matches(_MOBILE, own):
        yield from _mobile(found, text.at, own.public_phones)


def _mobile(found: re.Match[str], where: Where, public: Sequence[str]) -> Findings:
    group = "number" if found["number"] else "han"
    if re.sub(r"\D", "", found[group]) not in {re.sub(r"\D", "", phone) for phone in public}:
        yield Finding(
            where(found.start(group)),
            f"这里有手机号码“{found[group]}”。",
            "个人号码不公开，改为单位电话；本人或单位同意公布的，写明豁免的文字和理由，"
            "或在 gazette.toml “校核”的“公开电话”中登记。",
            found[group],
        )


def no_identity_numbers(annotated: AnnotatedDocument) -> Findings:
    """P002: no published text holds a resident identity number (GB 11643-1999; 《个人信息保护法》)."""
    for passage, found in annotated.matches(_IDENTITY, annotated.published):
        yield _identity_number(found, passage.at)


def no_identity_numbers_beside(own: OwnParts) -> Findings:
    """P002: nor do the texts of the gazette itself."""
    for text, found in _matches(_IDENTITY, own):
        yield _identity_number(found, text.at)


def _identity_number(found: re.Match[str], where: Where) -> Finding:
    group = "number" if found["number"] else "short"
    number = re.sub("[ \\-]", "", found[group])
    if group == "short":
        certain, doubt = "身份" in found["name"], "（也可能是别的证件）"
    else:
        certain, doubt = is_identity_number(number), "（校验位不符，可能写错）"
    return Finding(
        where(found.start(group)),
        f"这里有公民身份号码“{number[:6]}……{number[-2:]}”{'' if certain else doubt}。",
        "删去，或按规定遮盖中间各位。",
        found[group],
        None if certain else Severity.WARNING,
    )


def is_identity_number(text: str) -> bool:
    """Tell whether ``text`` (18 characters) has the right check character and a real date of birth."""
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, text, strict=False))
    return "10X98765432"[total % 11] == text[17].upper()


def no_card_numbers(annotated: AnnotatedDocument) -> Findings:
    """P003: no published text holds a bank card number (Luhn; 《个人信息保护法》第二十八条)."""
    for passage, found in annotated.matches(_CARD, annotated.published):
        yield from _card_number(found, passage.at)


def no_card_numbers_beside(own: OwnParts) -> Findings:
    """P003: nor do the texts of the gazette itself."""
    for text, found in _matches(_CARD, own):
        yield from _card_number(found, text.at)


def _card_number(found: re.Match[str], where: Where) -> Findings:
    near = found.string[max(found.start() - 30, 0) : found.end() + 10]
    number = re.sub("[ \\-]", "", found["number"])
    if _CARD_WORD.search(near) and is_card_number(number) and not _IDENTITY.fullmatch(number):
        yield Finding(
            where(found.start("number")),
            f"这里有银行卡号“{number[:4]}……{number[-4:]}”。",
            "个人卡号不公开，删去；单位账户确需公布的，写明豁免的文字和理由。",
            number,
        )


def is_card_number(number: str) -> bool:
    """Tell whether ``number`` (digits alone) satisfies Luhn's formula (ISO/IEC 7812-1)."""
    total = 0
    for index, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(number)) > 2


def no_home_addresses(annotated: AnnotatedDocument) -> Findings:
    """P004: no published text holds a home address (《个人信息保护法》第四条)."""
    for passage, found in annotated.matches(_ADDRESS, annotated.published):
        yield _address(found, passage.at)


def no_home_addresses_beside(own: OwnParts) -> Findings:
    """P004: nor do the texts of the gazette itself."""
    for text, found in _matches(_ADDRESS, own):
        yield _address(found, text.at)


def _address(found: re.Match[str], where: Where) -> Finding:
    return Finding(where(found.start()), f"这里有住址“{found[0]}”。", "个人住址不公开，删去。", found[0])


def no_dates_of_birth(annotated: AnnotatedDocument) -> Findings:
    """P005: no published text holds a date of birth (《个人信息保护法》第四条)."""
    for passage, found in annotated.matches(_BIRTH, annotated.published):
        yield _birth(found, passage.at)


def no_dates_of_birth_beside(own: OwnParts) -> Findings:
    """P005: nor do the texts of the gazette itself."""
    for text, found in _matches(_BIRTH, own):
        yield _birth(found, text.at)


def _birth(found: re.Match[str], where: Where) -> Finding:
    hint = "任前公示等依规公布的，写明豁免理由；其余删去。"
    return Finding(where(found.start()), f"这里有出生日期“{found[0]}”。", hint, found[0])


def _matches(pattern: re.Pattern[str], own: OwnParts) -> Iterator[tuple[OwnText, re.Match[str]]]:
    """Yield each match of ``pattern`` in the texts of the gazette itself."""
    for text in own.texts:
        for found in pattern.finditer(text.text):
            yield text, found


def no_private_columns(annotated: AnnotatedDocument) -> Findings:
    """P006: no column of a table lists identity numbers, addresses, dates of birth or card numbers."""
    for table in annotated.tables:
        rows = list(grid(table))
        for column, cell in (each for row in rows[: table.head_rows] for each in row):
            name = plain(cell.text).replace("\n", "").strip()
            if not _PRIVATE_HEADS.fullmatch(name):
                continue
            values = [plain(each.text) for row in rows[table.head_rows :] for x, each in row if x == column]
            if any(re.search(r"[\d一-鿿]", value) and not _MASKED.search(value) for value in values):
                yield Finding(
                    Passage("cell", name, annotated.document.path, cell.line, field=column).at(),
                    f"表中“{name}”一列有内容。",
                    "个人信息不公开：删去这一列，或遮盖。",
                    name,
                )


def no_security_marks(annotated: AnnotatedDocument) -> Findings:
    """P007: no passage is a mark of secrecy or of internal use (《保守国家秘密法》; GB/T 9704-2012 §7.2.2)."""
    for passage in annotated.passages:
        text = passage.text.strip()
        marked = _SECRET.fullmatch(text) or (_INTERNAL.match(text) and len(text) <= 16)
        if marked or re.search(r"(?:绝密|机密|秘密)★", text):
            yield Finding(
                passage.at(),
                f"这里有保密或内部的标志“{text[:20]}”。",
                "涉密、内部文件不得刊登。立即核对这份公文的定密和公开属性。",
                text,
            )


def is_released(annotated: AnnotatedDocument) -> Findings:
    """P008: 公开方式 says that the document is public (《政府信息公开条例》第十三条至第十七条)."""
    release = annotated.document.release
    if release and (re.search(r"不(?:予)?公开|依申请|内部|暂缓", release) or "公开" not in release):
        yield Finding(
            annotated.document.places.get("公开方式", annotated.document.place),
            f"公开方式是“{release}”，不能刊登。",
            "只有“此件公开发布”一类主动公开的公文才能刊登。",
            release,
        )
    for passage in annotated.body:
        if "此件" in passage.text and (
            found := re.search(r"此件(?:不予公开|依申请公开|不公开)", passage.text)
        ):
            yield Finding(passage.at(found.start()), f"文中有“{found[0]}”。", "核对公开属性。", found[0])


def is_no_draft(annotated: AnnotatedDocument) -> Findings:
    """P009: the document is no draft, and has no blanks that are still to be filled in."""
    for passage in annotated.passages:
        if passage.name == "标题" or passage.kind == "title":
            if found := _DRAFT.search(passage.text):
                yield Finding(
                    passage.at(found.start()),
                    f"标题带有“{found[0]}”。",
                    "刊登正式印发的文本，不登稿本。",
                    found[0],
                )
        elif passage.kind in ("text", "article", "front") and not passage.annex:
            for found in _PLACEHOLDER.finditer(passage.text):
                yield Finding(
                    passage.at(found.start()),
                    f"这里的“{found[0]}”像是没有填上的空。",
                    "核对原件，填上；原件如此的照印，写明豁免理由。",
                    found[0],
                    Severity.WARNING,
                )


def no_advertising(annotated: AnnotatedDocument) -> Findings:
    """P010: no passage is commercial advertising (国办发〔2018〕22号)."""
    for passage in annotated.passages:
        if found := _ADVERTISING.search(passage.text):
            yield Finding(
                passage.at(found.start()), f"“{found[0]}”像是商业广告。", "公报不登商业广告，删去。", found[0]
            )


def figures_tell_nothing_more(annotated: AnnotatedDocument) -> Findings:
    """P011: the metadata of pictures (EXIF, GPS) tell no place, author or device."""
    files = sorted({figure.file for figure in annotated.figures if figure.file})
    for file in files:
        yield from _telling_picture(file, annotated.archive.read_bytes(file))


def pictures_tell_nothing_more(own: OwnParts) -> Findings:
    """P011: nor do those of the gazette itself."""
    for file in own.pictures:
        yield from _telling_picture(file, own.read_bytes(file))


def _telling_picture(file: str, data: bytes) -> Findings:
    for what, grave in _metadata(file, data):
        yield Finding(
            Place(file),
            f"图片里带有{what}。",
            "用图片软件另存并去掉“属性和个人信息”后再放进来。",
            what,
            None if grave else Severity.WARNING,
        )


def _metadata(file: str, data: bytes) -> Iterator[tuple[str, bool]]:
    if file.lower().endswith(".svg"):
        if b"<dc:creator" in data or b"<metadata" in data:
            yield "作者等元数据", False
        return
    from PIL import Image, UnidentifiedImageError

    try:
        image = Image.open(io.BytesIO(data))
        with image:
            exif, info = image.getexif(), dict(image.info)
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return
    if exif.get_ifd(0x8825):
        yield "拍摄地点（GPS）", True
    if any(exif.get(tag) for tag in (0x013B, 0x010F, 0x0110, 0x9C9D)):
        yield "作者或设备信息（EXIF）", False
    if any(str(key).lower() in ("author", "creator", "source", "comment") for key in info):
        yield "作者等说明文字", False
