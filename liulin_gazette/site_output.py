"""Writing the site: its pages, the search index, the archives of issues, and the manifest of it all."""

from __future__ import annotations

from pathlib import Path

from liulin_gazette import ledger, output
from liulin_gazette.archive import issue_archive
from liulin_gazette.ledger import Ledger
from liulin_gazette.manifest import SIGNATURES, digests_of, files, manifest, shards
from liulin_gazette.model import Publication
from liulin_gazette.web import addresses, search_index
from liulin_gazette.web.site import Printed, render_site


def write_site(root: Path, staged: Path, publication: Publication, printed: Printed, last: Ledger) -> bool:
    """Write the site of ``publication`` into ``staged``, where its PDFs are already.

    Returns False when signatures of the last manifest no longer hold and were left behind.
    """
    site = staged / "site"
    for asset in render_site(
        publication, root / "templates", lambda path: (root / path).read_bytes(), printed
    ):
        output.write_file(site, asset.path, asset.content)
    _write_index(root, staged, publication, last)
    for issue in publication.issues:
        made = issue_archive(
            issue, lambda path: (site / path).read_bytes(), lambda path: (root / path).read_bytes()
        )
        output.write_file(site, addresses.issue_zip(issue), made)
    return _write_manifest(root, site, publication)


def _write_index(root: Path, staged: Path, publication: Publication, last: Ledger) -> None:
    """Write the search index; a volume that the last build made of the same texts is carried over."""
    volumes = search_index.volumes(publication)
    asset = search_index.volume_list(volumes)
    output.write_file(staged / "site", asset.path, asset.content)
    for volume in volumes:
        prefix = f"site/{volume.folder}/"
        paths = [path for path in last.files if path.startswith(prefix)]
        is_whole = bool(paths) and all(ledger.is_untouched(last, root / "output", path) for path in paths)
        if is_whole and all(output.carry_over(root / "output", staged, path) for path in paths):
            continue
        for asset in search_index.volume_assets(volume):
            output.write_file(staged / "site", asset.path, asset.content)


def _write_manifest(root: Path, site: Path, publication: Publication) -> bool:
    digests = digests_of(site, files(site))
    listed = list(shards(publication, digests))
    for asset in listed:
        output.write_file(site, asset.path, asset.content)
    asset = manifest(publication, {**digests, **digests_of(site, (each.path for each in listed))})
    output.write_file(site, asset.path, asset.content)
    return _keep_signatures(root / "output", site, asset.content)


def _keep_signatures(last_output: Path, site: Path, content: bytes) -> bool:
    """Carry over the signatures of a manifest that has not changed."""
    signatures = sorted((last_output / "site").glob(SIGNATURES + "*"))
    before = last_output / "site" / addresses.MANIFEST
    if signatures and not (before.is_file() and before.read_bytes() == content):
        return False
    return all(output.carry_over(last_output, site.parent, f"site/{each.name}") for each in signatures)
