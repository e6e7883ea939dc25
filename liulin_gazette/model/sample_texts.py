"""The example texts of a new county's gazette and of a new document, and other marks, which the office has to replace."""

from __future__ import annotations

import re

SITE_URL = "https://gazette.example/"
DISTRIBUTION = "请填写赠阅范围。"
SUBJECT = "关于试排公报样本的通知"
"""The end of the title of the sample document."""
BODY = "这是一份样本，用来试排。换成真实的公文以后，删去本文件。"
PERSON = "样本"
PHONE = "12345"
UNWRITTEN = "正文……"
"""The body of a new document."""
UNRESOLVED = re.compile("【待核[^】]*】?")
"""A mark that the conversion of a manuscript leaves where something has to be verified."""
UNRESOLVED_HINT = "对照来稿核对，改正后删去这个记号。"
