"""网站: what the pages of the site state besides the gazette."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class SiteMark:
    """网站标识: a mark in the footer of every page that leads to another site: 党政机关, 政府网站找错, 无障碍."""

    name: str
    url: str
    """``{网址}`` in it stands for the address of the page that shows the mark."""
    picture: str = ""
    """The name of a picture in ``content``; empty for a mark of words."""

    def address_on(self, page: str) -> str:
        """Return where the mark leads to from the page at the public URL ``page``."""
        return self.url.replace("{网址}", quote(page, safe=""))


@dataclass(frozen=True, slots=True)
class WebSettings:
    """网站: what every page must state by 政府网站发展指引 (国办发〔2017〕47号); empty where not given."""

    site_name: str = ""
    """政府网站名称: 柳林县人民政府."""
    domain: str = ""
    """政府网站域名: www.liulin.gov.cn."""
    id_code: str = ""
    """网站标识码, ten characters."""
    host: str = ""
    """主办单位 of the site where it is not that of the gazette."""
    operator: str = ""
    """承办单位."""
    icp_number: str = ""
    """ICP备案号: 晋ICP备12345678号-1."""
    police_number: str = ""
    """公安备案号: 晋公网安备14112502000001号."""
    licence: str = ""
    """数据许可: on what terms the data may be used."""
    licence_url: str = ""
    works_offline: bool = True
    """离线阅读: whether browsers keep the newest issue and the pages that were read, for when there is no network."""
    marks: tuple[SiteMark, ...] = ()

    @property
    def police_code(self) -> str:
        """The digits of 公安备案号."""
        return "".join(filter(str.isdecimal, self.police_number))
