"""The part of the site stage that comes last: the manifest, and the signatures that are still true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from liulin_gazette.model.diagnostics import Diagnostic, Place, Severity, advised
from liulin_gazette.model.publication import Publication
from liulin_gazette.pipeline.output_record import SITE
from liulin_gazette.pipeline.site_parts.site_writer import SiteWriter
from liulin_gazette.pipeline.staging import write_file
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.web import addresses
from liulin_gazette.web.manifest import SUFFIXES, manifest, shards, signatures_in, unknown_signatures_in

SIGNATURE_LOST = advised(
    Diagnostic(
        "B040",
        Severity.WARNING,
        Place("output/site/manifest.json"),
        "网站内容有变，原来的签名已经失效，没有保留。",
    ),
    advice("核对后", Act.SIGN, "。"),
)


def write_manifest(publication: Publication, writer: SiteWriter, published: Path) -> tuple[Diagnostic, ...]:
    """Write the manifest of all files that ``writer`` has written.

    ``published`` is the folder of the site that is published now, whose signatures are taken over if its manifest is
    the same. Return what is to be told of signatures that were left behind. Raises OutputError.
    """
    listed = writer.site_digests
    for asset in shards(publication, dict(listed)):
        writer.write_assets([asset])
        listed[asset.path] = writer.digests[SITE + asset.path]
    asset = manifest(publication, listed)
    writer.edition.write(SITE + asset.path, asset.content)
    return _take_signatures(asset.content, writer, published)


def _take_signatures(content: bytes, writer: SiteWriter, published: Path) -> tuple[Diagnostic, ...]:
    signatures, others = signatures_in(published), unknown_signatures_in(published)
    before = published / addresses.MANIFEST
    if (signatures or others) and not (before.is_file() and before.read_bytes() == content):
        return (SIGNATURE_LOST,)
    for name in signatures:
        write_file(writer.edition.folder, SITE + name, (published / name).read_bytes())
    return (_misnamed(others),) if others else ()


def _misnamed(names: Sequence[str]) -> Diagnostic:
    """Return what is told of signatures with a suffix that earlier versions took over and readers no longer accept."""
    suffixes = "、".join(SUFFIXES)
    return advised(
        replace(SIGNATURE_LOST, message=f"{'、'.join(names)} 不是签名文件的名称，没有保留。"),
        advice(f"是签名的，改名为 manifest.json 加上这些后缀之一，放回原处：{suffixes}；或", Act.SIGN, "。"),
    )
