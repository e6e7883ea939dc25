"""Pages and other templated files of the site, with what every template may use."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment

from liulin_gazette.model.publication import Publication
from liulin_gazette.rendering.product import Product
from liulin_gazette.web import addresses
from liulin_gazette.web.addresses import Links
from liulin_gazette.web.metadata import Metadata, of_list

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'self'"
)
"""Nothing from outside and no script in a page; the one style attribute is a column's width."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """Fills templates with values."""

    publication: Publication
    """Without its issues: what a page shows of those it is given."""
    environment: Environment
    has_topics: bool
    """Whether there is a page of topics to lead to."""

    def page(self, name: str, path: str, metadata: Metadata | None = None, **values: object) -> Product:
        """Return the page at ``path`` made with the template ``site/<name>.html``."""
        return self.file(
            path,
            f"site/{name}.html",
            content_security=CONTENT_SECURITY,
            metadata=metadata or of_list(self.publication),
            has_topics=self.has_topics,
            **values,
        )

    def file(self, path: str, template: str, **values: object) -> Product:
        """Return the file at ``path`` made with ``template``."""

        def make() -> bytes:
            return (
                self.environment.get_template(template)
                .render(
                    publication=self.publication,
                    links=Links(path),
                    addresses=addresses,
                    url=addresses.absolute(self.publication, path),
                    **values,
                )
                .encode()
            )

        return Product(path, (template, values), make)
