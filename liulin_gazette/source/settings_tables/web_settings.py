"""Settings of the site: the table 网站 of gazette.toml, and the changed telephone numbers in contacts.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from liulin_gazette.model.gazette import PhoneChange
from liulin_gazette.model.site_settings import SiteMark, WebSettings
from liulin_gazette.source.file_names import NAME_HINT, is_portable
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import PICTURE_TYPES, Fault, Folder
from liulin_gazette.source.pictures.picture_files import declared_fault
from liulin_gazette.source.settings_tables.settings import Settings, parse_settings
from liulin_gazette.source.text_file import read_text

CONTACTS_FILE = "contacts.toml"
_ID_CODE = re.compile("[0-9a-zA-Z]{10}")
_ICP_NUMBER = re.compile(r"[\u4e00-\u9fff]ICP[备证][0-9]{6,10}号(-[0-9]{1,3})?")
"""By the rules of the Ministry of Industry and Information Technology: the province, the number, and that of the site."""
_POLICE_NUMBER = re.compile(r"[\u4e00-\u9fff]公网安备 ?[0-9]{14}号")
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?(/[^\s\"<>\\]*)?(\?[^\s\"<>\\]*)?")


def web_settings(settings: Settings) -> WebSettings:
    """Return the settings in 网站 and 网站标识; nothing in them is required."""
    marks = tuple(_mark(entry) for entry in settings.tables("网站标识", required=False))
    if "网站" not in settings.values:
        return WebSettings(marks=marks)
    table = settings.table("网站")
    table.allow_only(
        "政府网站名称", "政府网站域名", "网站标识码", "主办单位", "承办单位", "ICP备案号", "公安备案号", "离线阅读",
        "数据许可", "数据许可网址",
    )  # fmt: skip
    return WebSettings(
        site_name=table.get("政府网站名称", str, ""),
        domain=table.get("政府网站域名", str, ""),
        id_code=_formed(table, "网站标识码", _ID_CODE, "不是十位", "照全国政府网站信息报送系统分配的填写。"),
        host=table.get("主办单位", str, ""),
        operator=table.get("承办单位", str, ""),
        icp_number=_formed(
            table,
            "ICP备案号",
            _ICP_NUMBER,
            "写法不对",
            "照工业和信息化部备案系统上的填写，数字、字母用半角：“晋ICP备12345678号”或“晋ICP备12345678号-1”。",
        ),
        police_number=_formed(
            table,
            "公安备案号",
            _POLICE_NUMBER,
            "写法不对",
            "照公安机关备案的填写，省的简称、“公网安备”、十四位数字、“号”：“晋公网安备14112502000001号”。",
        ),
        licence=table.get("数据许可", str, ""),
        licence_url=_web_address(table, "数据许可网址"),
        works_offline=table.get("离线阅读", bool, True),
        marks=marks,
    )


def _formed(table: Settings, key: str, form: re.Pattern[str], fault: str, hint: str) -> str:
    """Return the text at ``key``, empty where there is none; one that has not the ``form`` is reported (B008)."""
    text = table.get(key, str, "")
    if text and not form.fullmatch(text):
        table.findings.error("B008", table.place(key), f"{key}“{text}”{fault}。", hint)
    return text


def _mark(entry: Settings) -> SiteMark:
    entry.allow_only("名称", "网址", "图片")
    return SiteMark(entry.get("名称", str), _web_address(entry, "网址", None), entry.get("图片", str, ""))


def _web_address(table: Settings, key: str, default: str | None = "") -> str:
    """Return the address at ``key``; one that is no address of the web is reported (B008)."""
    url = table.get(key, str, default)
    if url and not _WEB_ADDRESS.fullmatch(url):
        table.findings.error(
            "B008",
            table.place(key),
            f"{key}“{url}”写法不对。",
            "写完整的网址，以“https://”或“http://”开头，中间没有空格；可以带“{网址}”，代表所在网页的网址。",
        )
        return ""
    return url


def report_mark_pictures(content: Folder, settings: Settings, marks: Iterable[SiteMark]) -> None:
    """Report the pictures of ``marks`` that ``content`` does not have, or that no page can show (S017)."""
    for entry, mark in zip(settings.tables("网站标识", required=False), marks, strict=False):
        if fault := _picture_fault(content, mark.picture) if mark.picture else None:
            settings.findings.error(
                "S017", entry.place("图片"), f"图片“{mark.picture}”{fault[0]}。", fault[1]
            )


def _picture_fault(content: Folder, name: str) -> Fault | None:
    if not is_portable(name) or not name.lower().endswith(PICTURE_TYPES):
        return "不能用", f"用 PNG、JPEG 或 SVG 格式，只写文件名；{NAME_HINT}"
    if name not in content.files:
        return "找不到", "把图片放在 content 文件夹里，与 gazette.toml 同处，只写文件名。"
    return declared_fault(name, content.files[name])


def phone_changes(content: Folder, findings: FindingCollector) -> tuple[PhoneChange, ...]:
    """Return the changes of telephone numbers in contacts.toml, oldest first; none if there is no such file."""
    if CONTACTS_FILE not in content.digests and CONTACTS_FILE not in content.unreadable:
        return ()
    text = read_text(content, CONTACTS_FILE, findings)
    settings = parse_settings(text, f"{content.path}/{CONTACTS_FILE}", findings) if text is not None else None
    if settings is None:
        return ()
    settings.allow_only("电话变更")
    changes = [_change(entry) for entry in settings.tables("电话变更", required=False)]
    return tuple(sorted(changes, key=lambda change: change.since))


def _change(entry: Settings) -> PhoneChange:
    entry.allow_only("责任单位", "责任股室", "原电话", "电话", "自", "说明")
    return PhoneChange(
        entry.get("责任单位", str),
        entry.get("责任股室", str),
        entry.get("原电话", str),
        entry.get("电话", str, ""),
        entry.get("自", date),
        entry.get("说明", str, ""),
    )


def site_url(settings: Settings) -> str:
    """Return 网址 with a slash at its end; a malformed one is reported (B008)."""
    url = settings.get("网址", str)
    if url and not re.fullmatch(r"https?://[A-Za-z0-9.\-]+(:\d+)?(/[A-Za-z0-9._~\-/]*)?", url):
        settings.findings.error(
            "B008",
            settings.place("网址"),
            f"网址“{url}”写法不对。",
            "写作“https://域名/”或“https://域名/目录/”。",
        )
    return url if url.endswith("/") else url + "/"


def area_code(settings: Settings) -> str:
    """Return 区号; empty where it is not stated. A malformed one is reported (B008)."""
    area_code = settings.get("区号", str, "")
    if area_code and not re.fullmatch(r"0\d{2,3}", area_code):
        settings.findings.error(
            "B008",
            settings.place("区号"),
            f"区号“{area_code}”写法不对。",
            "写作“0351”的样子：以 0 开头，三位或四位。",
        )
    return area_code


def file_prefix(settings: Settings) -> str:
    """Return 文件名前缀; a malformed one is reported (B008)."""
    prefix = settings.get("文件名前缀", str, "gazette")
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+){0,5}", prefix):
        settings.findings.error(
            "B008",
            settings.place("文件名前缀"),
            f"文件名前缀“{prefix}”写法不对。",
            "用小写字母、数字和减号，写作“fangshan-gazette”的样子。",
        )
    return prefix
