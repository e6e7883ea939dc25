"""门户.列: the columns of the table that a portal's back office imports."""

from __future__ import annotations

KEY = "门户"
COLUMNS = (
    "索引号", "信息名称", "标题", "发布机构", "发文机关", "文号", "令号", "生成日期", "成文日期", "发布日期", "主题分类",
    "体裁", "文种", "公开方式", "有效性", "施行日期", "有效期至", "废止日期", "统一登记号", "主送机关", "内容概述",
    "正文", "正文文字", "正文文件", "附件", "链接", "栏目", "期", "来源", "责任单位", "责任股室", "责任人", "电话",
)  # fmt: skip
"""Every column that there is. 信息名称 is 标题, 发布机构 is 发文机关 and 生成日期 is 成文日期, as catalogues call them."""
USUAL = (
    "索引号", "信息名称", "发布机构", "文号", "生成日期", "发布日期", "主题分类", "内容概述", "链接",
)  # fmt: skip
"""Those of a catalogue of government information (政府信息公开目录), in its order."""
