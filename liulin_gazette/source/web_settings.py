"""Settings of the site: the table 网站 of gazette.toml, and the changed telephone numbers in contacts.toml."""

from __future__ import annotations

import re
from datetime import date

from liulin_gazette.model.publication import PhoneChange, WebSettings
from liulin_gazette.source.finding_collector import FindingCollector
from liulin_gazette.source.folder import Folder
from liulin_gazette.source.settings import Settings, parse_settings
from liulin_gazette.source.text_file import read_text

CONTACTS_FILE = "contacts.toml"


def web_settings(settings: Settings) -> WebSettings:
    """Return the settings in 网站; nothing in it is required."""
    if "网站" not in settings.values:
        return WebSettings()
    table = settings.table("网站")
    table.allow_only("政府网站名称", "政府网站域名", "网站标识码")
    code = table.get("网站标识码", str, "")
    if code and not re.fullmatch(r"[0-9a-zA-Z]{10}", code):
        table.findings.error(
            "B008",
            table.place("网站标识码"),
            f"网站标识码“{code}”不是十位。",
            "照全国政府网站信息报送系统分配的填写。",
        )
    return WebSettings(table.get("政府网站名称", str, ""), table.get("政府网站域名", str, ""), code)


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
