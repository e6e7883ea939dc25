"""成品: the names of the editions that gazette.toml can ask for, beside the site and the PDFs."""

from __future__ import annotations

KEY = "成品"
OFD = "OFD"
EPUB = "EPUB"
WORD = "Word"
LARGE_PRINT = "大字版"
POSTER = "张贴页"
ARCHIVE_PACKAGE = "归档包"
WECHAT = "微信"
PORTAL = "门户"
EDITIONS = (
    OFD,
    EPUB,
    WORD,
    LARGE_PRINT,
    POSTER,
    ARCHIVE_PACKAGE,
    WECHAT,
    PORTAL,
)
"""Every name that 成品 accepts."""
