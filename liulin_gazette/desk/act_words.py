"""How the desk names what the editor can do: by its buttons and pages, where the command line names commands."""

from __future__ import annotations

from collections.abc import Mapping

from liulin_gazette.model.diagnostics import Diagnostic
from liulin_gazette.text.advised_acts import Act, Advice, AdvisedAct

_PRODUCTION = "在这一期的“生成与发布”里"
WORDS: Mapping[Act, str] = {
    Act.CHECK: "在“各期”和公文页看列出的错误",
    Act.BUILD: f"{_PRODUCTION}按“生成”",
    Act.PUBLISH: f"{_PRODUCTION}按“发布……”",
    Act.REPUBLISH: "在 {} 的“生成与发布”里写明理由，重新生成",
    Act.NEW_ISSUE: "在“各期”按“新建一期”，建 {}",
    Act.CHOOSE_SECTION: "选定一个",
    Act.UNDO: "用“撤销”退回",
    Act.CLEAN: f"{_PRODUCTION}按“删去成品……”",
    Act.SIGN: "请管网站的人重新签名",
    Act.COMPILE_INDEX: "请装程序的人重编 {} 年的总目录",
    Act.DOCTOR: "按“检查电脑”",
    Act.FIX: "按“改”",
    Act.RECOGNISE: "请装程序的人用命令转换（见《来稿转换》“扫描件和 OCR”）",
    Act.PASTE: "按“新建公文”，粘贴到正文里",
    Act.RECOVER: "关掉编辑台，重新打开",
    Act.PREPARE: "关掉编辑台，重新打开",
    Act.PREPARE_ANEW: "关掉编辑台，删除 .venv 文件夹，再打开",
    Act.FILL_IN: "填上“{}”",
    Act.ADD_SETTING: "填上“{}”",
    Act.WRITE_TEXT: "写作 {}",
    Act.WRITE_BARE: "写作 {}",
    Act.SAVE_MEMORY: "再做一次",
}
"""Verb and object for each act, with {} for what it is about."""


def at_desk(advised: AdvisedAct) -> str:
    """Return ``advised`` as the desk says it."""
    return WORDS[advised.act].format(advised.subject)


def for_reviewer(_: AdvisedAct) -> str:
    """Return what a reviewer, who has none of the editor's buttons, is told to do instead of any act."""
    return "请告诉编辑"


def desk_words(words: str | Advice) -> str:
    """Return ``words`` as the desk says them."""
    return words.said(at_desk) if isinstance(words, Advice) else words


def desk_advice(finding: Diagnostic) -> str:
    """Return what to do about ``finding``, as the desk says it."""
    return finding.advice_with(at_desk)
