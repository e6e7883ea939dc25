"""A cluster is reached with certificates, unless the editor says otherwise, and says what it exposes."""

from __future__ import annotations

import importlib
import os
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from liulin_gazette.cli import main
from liulin_gazette.pipeline.stages import Wanted, build
from liulin_gazette.workers.cluster_access import (
    ClusterAccess,
    ClusterError,
    PlainClusterError,
    check_is_protected,
    exposure,
    security_of,
)
from liulin_gazette.workers.pool import WorkerPool
from tests.conftest import digest
from tests.workers.conftest import Cluster, write_certificates


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "ws://10.0.0.1:8786", "tls:8786", "TLS"]
)
def test_what_is_not_encrypted_has_to_be_allowed(address: str) -> None:
    with pytest.raises(PlainClusterError, match="不加密") as caught:
        check_is_protected(ClusterAccess(address))
    assert "--cluster-unencrypted" in caught.value.told and caught.value.exit_code == 2
    check_is_protected(ClusterAccess(address, is_plain_allowed=True))


@pytest.mark.parametrize("address", ["tls://10.0.0.1:8786", "local"])
def test_what_is_encrypted_need_not_be_allowed(address: str) -> None:
    check_is_protected(ClusterAccess(address))


def test_it_says_what_it_exposes() -> None:
    plain = exposure(ClusterAccess("tcp://10.0.0.1:8786", is_plain_allowed=True))
    encrypted = exposure(ClusterAccess("tls://10.0.0.1:8786"))
    for told in (plain, encrypted):
        assert "10.0.0.1:8786" in told and "还没有公布的" in told
    assert "不加密" in plain and "运行任何程序" in plain and "同一网络上的人" in plain
    assert "加密" in encrypted and "不加密" not in encrypted and "同一网络上的人" not in encrypted
    assert "只在本机" in exposure(ClusterAccess("local"))


@pytest.mark.parametrize("command", ["build", "--site-only"])
def test_nobody_is_connected_to_without_encryption(
    project: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as scheduler:
        address = f"tcp://127.0.0.1:{scheduler.getsockname()[1]}"
        assert main([command, "--cluster", address], project) == 2
        scheduler.settimeout(0)
        with pytest.raises(BlockingIOError):
            scheduler.accept()
    said = capsys.readouterr()
    assert "不加密" in said.err and "--cluster-unencrypted" in said.err and not said.out
    assert not (project / "output").exists()


@pytest.mark.tools
def test_certificates_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    library: Any = importlib.import_module("distributed")
    settings: Any = importlib.import_module("dask.config")
    access, other = write_certificates(tmp_path / "one"), write_certificates(tmp_path / "other")
    assert security_of(access, library).require_encryption
    bad = tmp_path / "bad.pem"
    bad.write_text("no certificate", "ascii")
    for wrong, told in (
        (ClusterAccess(access.address), "要有证书"),
        (replace(access, authority=""), "要有证书"),
        (replace(access, certificate=""), "要有证书"),
        (replace(access, key=str(tmp_path / "gone.pem")), "读不了（文件不存在）"),
        (replace(access, key=other.key), "不是一对"),
        (replace(access, authority=str(bad)), "不是 PEM 格式"),
        (replace(access, certificate=str(bad)), "不是 PEM 格式"),
    ):
        with pytest.raises(ClusterError, match=told):
            security_of(wrong, library)
    with settings.set(
        {
            "distributed.comm.tls.ca-file": access.authority,
            "distributed.comm.tls.client.cert": access.certificate,
            "distributed.comm.tls.client.key": access.key,
            "distributed.comm.require-encryption": False,
        }
    ):
        security = security_of(ClusterAccess(access.address), library)
        assert security.require_encryption and security.tls_client_cert == access.certificate


@pytest.mark.parametrize(
    "words", [["--cluster-ca", "ca.pem", "--cluster-key", "key.pem"], ["--cluster-unencrypted"]]
)
def test_options_of_a_cluster_that_is_not_named_are_told(
    project: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(words, project) == 2
    told = capsys.readouterr().err
    assert "没有写 --cluster" in told and all(word in told for word in words if word.startswith("-"))
    assert not (project / "output").exists()


@pytest.mark.tools
def test_a_cluster_with_certificates_makes_the_same(
    project: Path, tls_cluster: Cluster, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert tls_cluster.address.startswith("tls://")
    access = tls_cluster.access
    files = [
        "--cluster-ca",
        access.authority,
        "--cluster-cert",
        access.certificate,
        "--cluster-key",
        access.key,
    ]
    assert main(["--site-only", "--jobs", "1"], project) == 0
    made_here = digest(project / "output")
    capsys.readouterr()
    for name in ("output", ".cache"):
        (project / name).rename(tmp_path / f"first-{name}")
    assert main(["--site-only", "--cluster", access.address, *files], project) == 0
    said = capsys.readouterr().out
    assert said.startswith(exposure(access)) and "已在本机重做" not in said
    assert digest(project / "output") == made_here
    with WorkerPool(cluster=access) as pool:
        assert [result() for result in [pool.submit(abs, -n) for n in range(5)]] == list(range(5))
        assert pool.count == 2 and not pool.redone


@pytest.mark.tools
def test_who_has_other_certificates_is_not_talked_to(tls_cluster: Cluster, tmp_path: Path) -> None:
    stranger = replace(write_certificates(tmp_path / "other"), address=tls_cluster.address)
    with pytest.raises(ClusterError, match=r"连不上集群.*证书"), WorkerPool(cluster=stranger):
        pass


@pytest.mark.tools
def test_who_does_not_encrypt_is_not_talked_to(lasting_cluster: Cluster, tmp_path: Path) -> None:
    access = write_certificates(tmp_path / "certificates")
    pretended = replace(access, address=lasting_cluster.address.replace("tcp://", "tls://"))
    with pytest.raises(ClusterError, match=r"连不上集群.*证书"), WorkerPool(cluster=pretended):
        pass


def process_of(_: int) -> int:
    return os.getpid()


@pytest.mark.tools
@pytest.mark.filterwarnings("error::UserWarning")
def test_a_cluster_on_this_machine_has_certificates_for_the_time(project: Path) -> None:
    with WorkerPool(2, ClusterAccess("local")) as pool:
        assert pool.count == 2
        workers = {result() for result in [pool.submit(process_of, n) for n in range(8)]}
        assert os.getpid() not in workers and not pool.redone
    assert not build(
        project, Wanted(site_only=True, jobs=1, cluster=ClusterAccess("local")), lambda _: None
    ).failed
