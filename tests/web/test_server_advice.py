"""docs/网站服务器.md: what it tells a server agrees with what the site is."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from xml.etree import ElementTree

from liulin_gazette.web.page import CONTENT_SECURITY
from tests.conftest import ROOT

PAGE = (ROOT / "docs/网站服务器.md").read_text("utf-8")
BY_IIS_ITSELF = {".pdf", ".zip", ".png", ".jpg"}


def block(language: str) -> str:
    (found,) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    return found


def test_every_type_of_file_has_a_media_type(assets: dict[str, bytes]) -> None:
    suffixes = {PurePosixPath(path).suffix for path in assets} | {".pdf", ".zip", ".ics", ".jpg"}
    (types,) = re.findall(r"types \{(.*?)\}", block("nginx"), re.DOTALL)
    assert suffixes <= {f".{suffix}" for suffix in re.findall(r"\b[a-z]+\b", types)}
    mapped = {each.get("fileExtension") for each in ElementTree.fromstring(block("xml")).iter("mimeMap")}
    assert suffixes <= mapped | BY_IIS_ITSELF


def test_the_policy_of_servers_is_that_of_the_pages() -> None:
    wanted = f"{CONTENT_SECURITY}; frame-ancestors 'self'"
    assert block("nginx").count(f'Content-Security-Policy "{wanted}"') == 2
    headers = {
        each.get("name"): each.get("value") for each in ElementTree.fromstring(block("xml")).iter("add")
    }
    assert headers["Content-Security-Policy"] == wanted
