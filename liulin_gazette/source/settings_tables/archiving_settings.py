"""归档 in gazette.toml: what an archive assigned to the gazette."""

from __future__ import annotations

from liulin_gazette.model.archiving import KEY, RETENTION_PERIODS, Archiving
from liulin_gazette.source.settings_tables.settings import Settings

_RETENTION = "保管期限"


def archiving(settings: Settings) -> Archiving:
    """Return what 归档 says; nothing by default. Unknown keys (B006) and values (B008) are reported."""
    if KEY not in settings.values:
        return Archiving()
    table = settings.table(KEY)
    table.allow_only(
        "档案馆名称", "档案馆代码", "全宗名称", "全宗号", "立档单位", "保管期限", "机构或问题", "类别号"
    )
    return Archiving(
        archive=table.get("档案馆名称", str, ""),
        archive_code=table.get("档案馆代码", str, ""),
        fonds=table.get("全宗名称", str, ""),
        fonds_number=table.get("全宗号", str, ""),
        creator=table.get("立档单位", str, ""),
        retention=_retention(table),
        division=table.get("机构或问题", str, ""),
        category=table.get("类别号", str, ""),
    )


def _retention(table: Settings) -> str:
    return table.one_of(_RETENTION, RETENTION_PERIODS) if _RETENTION in table.values else ""
