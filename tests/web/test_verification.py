"""Every single damage to a signed site is told; without the office's key it is never called 是发布的原样."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.web import signature_checks
from liulin_gazette.web.manifest import Comparison, ManifestError, compare
from liulin_gazette.web.minisign import FormatError, Judgement, judge, read_public_key
from liulin_gazette.web.signing import SigningError, sign
from tests.conftest import small_project

Capture = pytest.CaptureFixture[str]
AS_PUBLISHED = "是发布的原样"
SIGNATURE = "manifest.json.minisig"


class Office:
    """A pair of keys of an office, and a signed site."""

    def __init__(self, folder: Path, pair: Any = None) -> None:
        from minisign import KeyPair

        self.pair = pair or KeyPair.generate()
        self.key = folder / "gazette.pub"
        self.key.write_bytes(bytes(self.pair.public_key))
        self.secret_file = folder / "gazette.key"
        self.secret_file.write_bytes(bytes(self.pair.secret_key))
        self.site = folder / "site"

    def sign(self, content: bytes, is_prehashed: bool = True) -> bytes:
        comment = "timestamp:1780000000\tfile:manifest.json"
        return bytes(self.pair.secret_key.sign(content, prehash=is_prehashed, trusted_comment=comment))

    def sign_site(self) -> None:
        (self.site / SIGNATURE).write_bytes(self.sign((self.site / "manifest.json").read_bytes()))


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A small site that its office has signed, with a name in composed Unicode letters."""
    root = tmp_path_factory.mktemp("office")
    project = small_project(root / "project")
    assert not build(project, Wanted(site_only=True, jobs=1), lambda _: None).failed
    office = Office(root)
    shutil.move(project / "output/site", office.site)
    manifest = office.site / "manifest.json"
    data = json.loads(manifest.read_text("utf-8"))
    shutil.copy(office.site / "robots.txt", office.site / "é.txt")
    data["files"]["é.txt"] = data["files"]["robots.txt"]
    manifest.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    office.sign_site()
    return office


@pytest.fixture
def office(signed: Office, tmp_path: Path) -> Office:
    """A copy of it to damage."""
    copy = Office(tmp_path, signed.pair)
    shutil.copytree(signed.site, copy.site)
    return copy


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def swapped_case(file: Path) -> Path:
    return file.with_name(file.name.swapcase())


Damage = Callable[[Path], object]
DAMAGES: dict[str, tuple[Damage, Callable[[Comparison, str], bool]]] = {
    "flipped": (flip, lambda found, path: found.changed == (path,)),
    "cut off": (
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda found, path: found.changed == (path,),
    ),
    "removed": (lambda file: file.unlink(), lambda found, path: found.missing == (path,)),
    "renamed": (
        lambda file: file.rename(file.with_name("x" + file.name)),
        lambda found, path: found.missing == (path,) and len(found.extra) == 1,
    ),
    "in another case": (
        lambda file: file.rename(swapped_case(file)),
        lambda found, path: [published for _, published in found.renamed] == [path] and not found.missing,
    ),
    "beside another": (
        lambda file: shutil.copy(file, swapped_case(file)),
        lambda found, path: [published for _, published in found.alike] == [path] and not found.extra,
    ),
    "beside a stranger": (
        lambda file: file.with_name("manifest.json.minisig.html").write_bytes(b"x"),
        lambda found, path: len(found.extra) == 1 and not found.changed,
    ),
}


def thinned(site: Path, each: int) -> list[str]:
    """Leave one in ``each`` files of ``site`` and of its manifest; return their paths. Each is compared for each damage."""
    data = json.loads((site / "manifest.json").read_text("utf-8"))
    for path in [path for number, path in enumerate(sorted(data["files"])) if number % each]:
        (site / path).unlink()
        del data["files"][path]
    (site / "manifest.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return sorted(data["files"])


@pytest.mark.parametrize("kind", DAMAGES)
def test_each_damage_to_each_file_is_told(signed: Office, tmp_path: Path, kind: str, is_long: bool) -> None:
    damage, is_told = DAMAGES[kind]
    site = tmp_path / "site"
    shutil.copytree(signed.site, site)
    if (site / "ROBOTS.TXT").exists():
        pytest.skip("a disk on which case does not count")
    paths = thinned(site, 1 if is_long else 10)
    assert len(paths) > 30 and compare(site).is_authentic
    for path in paths:
        if not (site / path).stat().st_size:
            continue
        folder = (site / path).parent
        before = {each: each.read_bytes() for each in folder.iterdir() if each.is_file()}
        damage(site / path)
        found = compare(site)
        assert not found.is_authentic and is_told(found, path), (path, found)
        for each in folder.iterdir():
            if each.is_file():
                each.unlink()
        for each, content in before.items():
            each.write_bytes(content)
    assert compare(site).is_authentic


def test_a_name_in_another_unicode_form_is_told(office: Office, capsys: Capture) -> None:
    other = unicodedata.normalize("NFD", "é.txt")
    (office.site / "é.txt").rename(office.site / other)
    if (office.site / "é.txt").exists():
        pytest.skip("a disk on which the form does not count")
    assert compare(office.site).renamed == ((other, "é.txt"),)
    assert main(["verify", str(office.site)]) == 1
    said = capsys.readouterr().err
    assert "改名  " in said and "（清单里是 é.txt）" in said and "NFD" in said
    flip(office.site / other)
    assert compare(office.site).changed == (other,)


def test_each_difference_comes_with_what_to_do(office: Office, capsys: Capture) -> None:
    site = office.site
    flip(site / "index.html")
    (site / "robots.txt").unlink()
    (site / "added.html").write_bytes(b"x")
    shutil.copy(site / SIGNATURE, site / "manifest.json.MINISIG")
    if compare(site).alike != (("manifest.json.MINISIG", SIGNATURE),):
        pytest.skip("a disk on which case does not count")
    assert main(["verify", str(site), "--key", str(office.key)]) == 1
    said = capsys.readouterr()
    for words in ("改动  index.html", "缺少  robots.txt", "多出  added.html", "相近  manifest.json.MINISIG"):
        assert words in said.err
    for words in ("重新下载", "没有拷全", "不是本刊发布的，不要用", "容易认错"):
        assert words in said.err
    assert AS_PUBLISHED not in said.out + said.err


def test_two_entries_of_one_name_are_damage(office: Office) -> None:
    manifest = office.site / "manifest.json"
    text = manifest.read_text("utf-8")
    manifest.write_text(
        text.replace('"files": {', '"files": {"robots.txt": {"size": 1, "sha256": ""}, '), "utf-8"
    )
    with pytest.raises(ManifestError):
        compare(office.site)


def test_without_the_key_it_only_agrees_with_its_manifest(office: Office, capsys: Capture) -> None:
    assert main(["verify", str(office.site)]) == 0
    said = capsys.readouterr().out
    assert "与清单一致" in said and AS_PUBLISHED not in said and "--key 公钥文件" in said
    (office.site / SIGNATURE).unlink()
    assert main(["verify", str(office.site)]) == 0
    said = capsys.readouterr().out
    assert "与清单一致" in said and AS_PUBLISHED not in said and "没有签名" in said


@pytest.mark.parametrize("is_prehashed", [True, False])
def test_with_the_key_it_is_as_published(office: Office, capsys: Capture, is_prehashed: bool) -> None:
    content = (office.site / "manifest.json").read_bytes()
    (office.site / SIGNATURE).write_bytes(office.sign(content, is_prehashed))
    assert main(["verify", str(office.site), "--key", str(office.key)]) == 0
    said = capsys.readouterr().out
    assert AS_PUBLISHED in said and "timestamp:1780000000" in said
    (office.site / "manifest.json.sig").write_bytes(b"x")
    assert main(["verify", str(office.site), "--key", str(office.key)]) == 0
    assert "另有签名没有核对：manifest.json.sig" in capsys.readouterr().out


def other_office(office: Office) -> bytes:
    folder = office.site.parent / "other"
    folder.mkdir()
    return Office(folder).sign((office.site / "manifest.json").read_bytes())


def same_number(office: Office) -> bytes:
    """Return the signature of a stranger who gave the key the number of the office's."""
    lines, own = other_office(office).split(b"\n"), (office.site / SIGNATURE).read_bytes().split(b"\n")
    forged, true = base64.b64decode(lines[1]), base64.b64decode(own[1])
    lines[1] = base64.b64encode(forged[:2] + true[2:10] + forged[10:])
    return b"\n".join(lines)


def changed_line(office: Office, number: int, old: bytes, new: bytes) -> bytes:
    lines = (office.site / SIGNATURE).read_bytes().split(b"\n")
    assert old in lines[number]
    lines[number] = lines[number].replace(old, new)
    return b"\n".join(lines)


SIGNATURES: dict[str, tuple[Callable[[Office], bytes | None], str]] = {
    "missing": (lambda office: None, "没有 manifest.json.minisig 这个签名文件"),
    "empty": (lambda office: b"", "不完整"),
    "cut off": (lambda office: (office.site / SIGNATURE).read_bytes()[:150], "不完整"),
    "without its comment": (
        lambda office: (office.site / SIGNATURE).read_bytes().split(b"trusted comment: ")[0],
        "不完整",
    ),
    "the key itself": (lambda office: office.key.read_bytes(), "不完整"),
    "of another key": (other_office, "另一把钥匙"),
    "of another key with its number": (same_number, "不是这把钥匙"),
    "of an earlier manifest": (lambda office: office.sign(b'{"files": {}}'), "签名以后清单又变了"),
    "with another time": (lambda office: changed_line(office, 2, b"178", b"179"), "附注被改动过"),
}


@pytest.mark.parametrize("kind", SIGNATURES)
def test_each_damage_to_the_signature_is_told(office: Office, capsys: Capture, kind: str) -> None:
    damaged, words = SIGNATURES[kind]
    content = damaged(office)
    if content is None:
        (office.site / SIGNATURE).unlink()
    else:
        (office.site / SIGNATURE).write_bytes(content)
    assert main(["verify", str(office.site), "--key", str(office.key)]) == 1
    said = capsys.readouterr()
    assert "签名不符：" in said.err and words in said.err and AS_PUBLISHED not in said.out + said.err


def test_no_byte_of_a_signature_can_be_changed(office: Office) -> None:
    """Only the first line, which nobody signs, may be another one."""
    manifest, file = (office.site / "manifest.json").read_bytes(), (office.site / SIGNATURE).read_bytes()
    key = read_public_key(office.key.read_bytes())
    assert judge(key, manifest, file) is Judgement.VALID
    assert judge(key, manifest, file.replace(b"\n", b"\r\n")) is Judgement.VALID
    for at in range(file.index(b"\n"), len(file) - 1):
        for other in (file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :], file[:at]):
            assert judge(key, manifest, other) is not Judgement.VALID, at


def test_no_letter_before_the_padding_of_a_signature_can_be_changed(office: Office) -> None:
    """The last letter of each Base64 line carries bits that decoders pass over."""
    manifest, file = (office.site / "manifest.json").read_bytes(), (office.site / SIGNATURE).read_bytes()
    key = read_public_key(office.key.read_bytes())
    places = [match.start() for match in re.finditer(rb"[0-9A-Za-z+/]=", file)]
    assert len(places) >= 2
    for at in places:
        for letter in set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") - {file[at]}:
            other = file[:at] + bytes([letter]) + file[at + 1 :]
            assert judge(key, manifest, other) is not Judgement.VALID, (at, letter)


def test_a_manifest_that_was_changed_with_its_files_is_told(office: Office, capsys: Capture) -> None:
    page, manifest = office.site / "index.html", office.site / "manifest.json"
    flip(page)
    data = json.loads(manifest.read_text("utf-8"))
    data["files"]["index.html"] = {
        "size": page.stat().st_size,
        "sha256": hashlib.sha256(page.read_bytes()).hexdigest(),
    }
    manifest.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    assert main(["verify", str(office.site)]) == 0
    assert AS_PUBLISHED not in capsys.readouterr().out
    assert main(["verify", str(office.site), "--key", str(office.key)]) == 1
    assert "签名以后清单又变了" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "读不出来"),
        (b"", "不是 minisign 的公钥"),
        (b"-----BEGIN PUBLIC KEY-----\nMFkw\n-----END PUBLIC KEY-----\n", "--with"),
        (b"-----BEGIN PRIVATE KEY-----\nMFkw\n", "是私钥"),
        (b"RWQ=\n", "不是 minisign 的公钥"),
        (b"\xff" * 56, "不是 minisign 的公钥"),
    ],
)
def test_a_file_that_is_no_key_is_said(
    office: Office, capsys: Capture, content: bytes | None, words: str
) -> None:
    file = office.site.parent / "key.pub"
    if content is not None:
        file.write_bytes(content)
    assert main(["verify", str(office.site), "--key", str(file)]) == 2
    assert words in capsys.readouterr().err


def test_a_secret_key_is_no_key_to_verify_with(office: Office, capsys: Capture) -> None:
    assert main(["verify", str(office.site), "--key", str(office.secret_file)]) == 2
    assert "是私钥" in capsys.readouterr().err
    with pytest.raises(FormatError):
        read_public_key(office.secret_file.read_bytes())
    assert read_public_key(office.key.read_bytes().splitlines()[1]) == read_public_key(
        office.key.read_bytes()
    )


CHECKER = """
import sys, pathlib
manifest, signature = (pathlib.Path(each).read_bytes() for each in sys.argv[1:3])
is_good = signature == bytes(reversed(manifest))
{how}
"""
BY_CODE = CHECKER.format(how="sys.exit(0 if is_good else 1)")
BY_WORDS = CHECKER.format(how="print('verify success' if is_good else 'verify failure')")
ALWAYS = CHECKER.format(how="print('ok')")


def command(script: str) -> list[str]:
    return ["--with", sys.executable, "-c", script, "{}", "{}.sig"]


@pytest.mark.parametrize("script", [BY_CODE, BY_WORDS])
def test_a_command_of_the_office_checks_its_signature(office: Office, capsys: Capture, script: str) -> None:
    words = ["verify", str(office.site), *command(script)]
    assert main(words) == 1
    assert "没有 manifest.json.sig 这个签名文件" in capsys.readouterr().err
    signature = office.site / "manifest.json.sig"
    signature.write_bytes(bytes(reversed((office.site / "manifest.json").read_bytes())))
    assert main(words) == 0
    assert AS_PUBLISHED in capsys.readouterr().out
    flip(signature)
    assert main(words) == 1
    said = capsys.readouterr()
    assert "没有通过验签命令" in said.err and AS_PUBLISHED not in said.out


def test_a_command_that_says_yes_to_everything_is_not_believed(office: Office, capsys: Capture) -> None:
    (office.site / "manifest.json.sig").write_bytes(b"x")
    assert main(["verify", str(office.site), *command(ALWAYS)]) == 1
    said = capsys.readouterr()
    assert "对改动过的清单也说通过" in said.err and AS_PUBLISHED not in said.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "后面没有命令"),
        (["", "{}", "{}.sig"], "后面没有命令"),
        (["no-such-tool", "{}", "{}.sig"], "没有运行起来"),
        ([sys.executable, "-c", "pass", "{}"], "没有写签名文件"),
        ([sys.executable, "-c", "pass", "{}", "{}.html"], "没有写签名文件"),
        ([sys.executable, "-c", "import time; time.sleep(600)", "{}", "{}.sig"], "还没有结束"),
    ],
)
def test_a_command_that_cannot_be_used_is_said(
    office: Office, capsys: Capture, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.setattr(signature_checks, "PATIENCE", 1)
    (office.site / "manifest.json.sig").write_bytes(b"x")
    assert main(["verify", str(office.site), "--with", *words]) == 2
    assert told in capsys.readouterr().err


def test_sm2_is_checked_by_openssl(office: Office, capsys: Capture) -> None:
    tool = shutil.which("openssl")
    if tool is None:
        pytest.skip("no openssl")
    folder = office.site.parent
    key, public = folder / "sm2.key", folder / "sm2.pub"
    made = [
        [tool, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out", str(key)],
        [tool, "pkey", "-in", str(key), "-pubout", "-out", str(public)],
    ]
    if any(subprocess.run(words, capture_output=True, check=False).returncode for words in made):
        pytest.skip("an openssl without SM2")
    names = sign(office.site, [tool, "dgst", "-sm3", "-sign", str(key), "-out", "{}.sig", "{}"])
    assert names == ("manifest.json.sig",)
    check = ["--with", tool, "dgst", "-sm3", "-verify", str(public), "-signature", "{}.sig", "{}"]
    assert main(["verify", str(office.site), "--key", str(office.key), *check]) == 0
    assert AS_PUBLISHED in capsys.readouterr().out
    flip(office.site / "manifest.json.sig")
    assert main(["verify", str(office.site), "--key", str(office.key), *check]) == 1
    assert AS_PUBLISHED not in capsys.readouterr().out


def test_a_signature_needs_a_name_that_is_known(office: Office) -> None:
    script = "import sys; open(sys.argv[1] + '.html', 'w').close()"
    with pytest.raises(SigningError, match=r"manifest\.json\.html") as told:
        sign(office.site, [sys.executable, "-c", script])
    assert ".minisig" in told.value.told and not (office.site / "manifest.json.html").exists()
