"""The part of the site stage that comes last: the manifest, and the signatures that are still true."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.ledger import SITE
from liulin_gazette.pipeline.site_writer import SiteWriter
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import SIGNATURES, manifest, shards


def write_manifest(publication: Publication, writer: SiteWriter, published: Path) -> bool:
    """Write the manifest of all files that ``writer`` has written.

    ``published`` is the folder of the site that is published now, whose signatures are taken over if its manifest is
    the same. Return whether they are, or there are none. Raises OutputError.
    """
    listed = {path.removeprefix(SITE): digest for path, digest in writer.digests.items()}
    for asset in shards(publication, dict(listed)):
        writer.write_assets([asset])
        listed[asset.path] = writer.digests[SITE + asset.path]
    asset = manifest(publication, listed)
    writer.edition.write(SITE + asset.path, asset.content)
    return _take_signatures(asset.content, writer, published)


def _take_signatures(content: bytes, writer: SiteWriter, published: Path) -> bool:
    signatures = sorted(published.glob(SIGNATURES + "*"))
    before = published / addresses.MANIFEST
    if signatures and not (before.is_file() and before.read_bytes() == content):
        return False
    for signature in signatures:
        write_file(writer.edition.folder, SITE + signature.name, signature.read_bytes())
    return True
