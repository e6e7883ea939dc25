"""Rendering of pages and other templated files of the site, with the values that every template may use."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment

from liulin_gazette.model.gazette import Gazette
from liulin_gazette.rendering.product import Product
from liulin_gazette.web import addresses
from liulin_gazette.web.addresses import Links
from liulin_gazette.web.metadata import PageMetadata, list_metadata
from liulin_gazette.web.page_pictures import SHARE_SIZE

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'self'"
)
"""Content-Security-Policy: nothing from other sites, no inline script; the one style attribute is a column's width."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders the site's templates."""

    gazette: Gazette
    """The settings of now; a page is passed the issues that it shows."""
    environment: Environment
    has_topics: bool
    """Whether the site has pages by topic, which the navigation then links to."""

    def page(
        self,
        name: str,
        path: str,
        metadata: PageMetadata | None = None,
        picture: str = "",
        **values: object,
    ) -> Product:
        """Return the page at ``path``, rendered from the template ``site/<name>.html`` with ``values``.

        ``picture`` is the path of the picture that a link to the page shows where it is shared, empty for none. Pages
        name it only where the settings state the address of the site, since it has to be absolute.
        """
        gazette = self.gazette
        is_shown = picture and not gazette.site_url_is_placeholder
        return self.file(
            path,
            f"site/{name}.html",
            content_security=CONTENT_SECURITY,
            metadata=metadata or list_metadata(self.gazette),
            has_topics=self.has_topics,
            share_picture=addresses.absolute(gazette, picture) if is_shown else "",
            share_size=SHARE_SIZE,
            **values,
        )

    def file(self, path: str, template: str, **values: object) -> Product:
        """Return the file at ``path``, rendered from ``template`` with ``values``."""

        def render() -> bytes:
            return (
                self.environment.get_template(template)
                .render(
                    publication=self.gazette,
                    links=Links(path),
                    addresses=addresses,
                    url=addresses.absolute(self.gazette, path),
                    **values,
                )
                .encode()
            )

        return Product(path, (template, values), render)
