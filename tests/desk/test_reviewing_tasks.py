"""A review from its start to its end, in Chromium: the editor offers an issue, a reviewer reads, comments and signs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.desk.review_desk.review_server import Binding, links
from liulin_gazette.desk.running_desk import RunningDesk
from liulin_gazette.editing.reviewers import add_reviewer, offer_issue
from liulin_gazette.source.review_files import read_review
from tests.desk.test_issue_tasks import look
from tests.web.browser import expect

pytestmark = pytest.mark.tools
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>'


def link_for(running: RunningDesk, name: str) -> str:
    """Open the review server as the desk would at the office's address, and return the link of ``name``."""
    offer_issue(running.desk.root, "2026-1", is_offered=True)
    running.desk.review.open(Binding(port=0))
    (link,) = links(running.desk.review.addresses, add_reviewer(running.desk.root, name))
    return link


def test_from_the_offer_to_the_closed_comment(desk_tab: Any, running_desk: RunningDesk, browser: Any) -> None:
    root: Path = running_desk.desk.root
    desk_tab.get_by_role("link", name="审阅", exact=True).click()
    look(desk_tab)
    desk_tab.get_by_role("button", name="2026年第1期：送审").click()
    expect(desk_tab.get_by_role("status")).to_contain_text("送审了")
    desk_tab.get_by_label("审阅人").fill("王局长")
    desk_tab.get_by_role("button", name="添加").click()
    expect(desk_tab.get_by_role("status")).to_contain_text("王局长")
    desk_tab.get_by_label("这台计算机的地址").select_option("127.0.0.1")
    running_desk.desk.review.open(Binding(port=0))  # A free port, which the form does not take.
    desk_tab.reload()
    look(desk_tab)
    link = desk_tab.locator(".review-link code").first.text_content()
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    tab = context.new_page()
    tab.goto(link)
    tab.wait_for_url(re.compile("^(?!.*key=)"))
    expect(tab.get_by_role("heading", name="送审的公报")).to_be_visible()
    look(tab)
    tab.get_by_role("link", name="护林").click()
    expect(tab.get_by_role("heading", name="写意见")).to_be_visible()
    look(tab)
    tab.get_by_role("button", name="写意见：第 1 段").press("Enter")
    expect(tab.get_by_label("意见", exact=True)).to_be_focused()
    expect(tab.locator("#chosen")).to_contain_text("请认真执行")
    tab.keyboard.type(f"改为“严格”。{HOSTILE}")
    tab.get_by_role("button", name="提交意见").press("Enter")
    expect(tab.locator(".review-told")).to_contain_text("意见已经提交")
    expect(tab.locator(".review-words")).to_have_text(f"改为“严格”。{HOSTILE}")
    assert tab.locator(".review-comment img").count() == 0
    tab.get_by_role("button", name="同意").press("Enter")
    expect(tab.locator(".review-signed")).to_contain_text("王局长 同意")
    look(tab)
    tab.locator("summary", has_text="改、收回").press("Enter")
    tab.get_by_label("改成").fill("改为“从严”。")
    tab.get_by_role("button", name="改好了").press("Enter")
    expect(tab.locator(".review-words")).to_have_text("改为“从严”。")
    desk_tab.goto(f"{running_desk.address}issues/2026-1/")
    desk_tab.get_by_role("link", name="审阅意见（1）").click()
    expect(desk_tab.locator(".review-words")).to_have_text("改为“从严”。")
    look(desk_tab)
    desk_tab.goto(f"{running_desk.address}issues/2026-1/documents/01/")
    desk_tab.locator("summary", has_text="1 条意见没有处理").click()
    look(desk_tab)
    desk_tab.get_by_role("button", name="已处理王局长的意见 001").press("Enter")
    expect(desk_tab.get_by_role("status").first).to_contain_text("已处理")
    tab.reload()
    expect(tab.locator(".review-comment")).to_contain_text("编辑已处理")
    assert read_review(root, "2026-1").comments[0].handled
    context.close()


@pytest.mark.parametrize("has_script", [True, False])
def test_on_a_phone_and_without_scripts(running_desk: RunningDesk, browser: Any, has_script: bool) -> None:
    link = link_for(running_desk, "李主任")
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=has_script, has_touch=True
    )
    tab = context.new_page()
    tab.goto(link)
    tab.wait_for_url(re.compile("^(?!.*key=)"))
    tab.get_by_role("link", name="护林").click()
    expect(tab.get_by_role("heading", name="写意见")).to_be_visible()
    if has_script:
        look(tab)
        tab.get_by_role("button", name="写意见：第 1 段").tap()
        expect(tab.get_by_label("意见", exact=True)).to_be_in_viewport()
    else:
        tab.get_by_label("对哪一段").select_option(index=1)
    tab.get_by_label("意见", exact=True).fill("可以。")
    tab.get_by_role("button", name="提交意见").click()
    expect(tab.locator(".review-quoted")).to_have_text("请认真执行。")
    expect(tab.locator(".review-comment")).to_be_in_viewport()
    context.close()
