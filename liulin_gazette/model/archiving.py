"""归档: what an archive assigned to the gazette, for the catalogue of an archive package."""

from __future__ import annotations

from dataclasses import dataclass

KEY = "归档"
RETENTION_PERIODS = ("永久", "定期30年", "定期10年")
"""保管期限 by《机关文件材料归档范围和文书档案保管期限规定》(国家档案局令第8号)."""


@dataclass(frozen=True, slots=True)
class Archiving:
    """What stands in the catalogue of every archive package; what is empty is not in it."""

    archive: str = ""
    """档案馆名称."""
    archive_code: str = ""
    """档案馆代码."""
    fonds: str = ""
    """全宗名称."""
    fonds_number: str = ""
    """全宗号."""
    creator: str = ""
    """立档单位."""
    retention: str = ""
    """保管期限, one of ``RETENTION_PERIODS``."""
    division: str = ""
    """机构或问题."""
    category: str = ""
    """类别号: the code of the kind of archives (门类)."""
