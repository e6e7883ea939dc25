"""What is told of files that differ from a site's manifest, or from what the last build made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liulin_gazette.pipeline.damaged_output import Differences
from liulin_gazette.text.advised_acts import Act, advice
from liulin_gazette.web.manifest import Comparison

CHANGED, MISSING, EXTRA, RENAMED, ALIKE = "改动", "缺少", "多出", "改名", "相近"
REMEDIES = {
    CHANGED: "改动的：不是清单里的那个文件，从本刊网站重新下载。",
    MISSING: "缺少的：没有拷全，重新下载或重新拷贝整站。",
    EXTRA: "多出的：不是本刊发布的，不要用；从这个文件夹移走。",
    RENAMED: "改名的：只是大小写或字形编码（NFC、NFD）变了，多是拷贝、解压时变的；改回清单里的名称。",
    ALIKE: "相近的：与本刊的文件只差大小写或字形编码，容易认错，不是本刊发布的；从这个文件夹移走。",
}
OUTPUT_REMEDY = advice(
    "成品不是生成时的样子。有备份的已发布的 PDF，先放回原处；再",
    Act.BUILD,
    "：改动的、缺少的重新生成，多出的清除。常有改动的，检查磁盘。",
)


def site_differences(comparison: Comparison) -> dict[str, Sequence[str]]:
    """Return the files that differ from the manifest, by the word for how; only words that have files."""
    return _with_files(
        {
            CHANGED: comparison.changed,
            MISSING: comparison.missing,
            EXTRA: comparison.extra,
            RENAMED: [f"{there}（清单里是 {name}）" for there, name in comparison.renamed],
            ALIKE: [f"{there}（本刊的是 {name}）" for there, name in comparison.alike],
        }
    )


def output_files_that_differ(found: Differences) -> dict[str, Sequence[str]]:
    """Return the files of the output that are not as the last build made them, by the word for how."""
    return _with_files({CHANGED: found.changed, MISSING: found.missing, EXTRA: found.extra})


def _with_files(kinds: Mapping[str, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {word: paths for word, paths in kinds.items() if paths}
