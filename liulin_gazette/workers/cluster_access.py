"""How a Dask cluster is reached: its address, the certificates of the connection, and what all of this exposes.

What comes back from a cluster is unpickled, so that whoever can pretend to be it can run any program on this machine.
Therefore connections are encrypted, and both ends show certificates, unless the editor has said otherwise.
"""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import Any

from liulin_gazette.text.editor_error import USAGE, EditorError
from liulin_gazette.text.system_errors import reason

LOCAL = "local"
"""The address that starts a cluster on this machine, with certificates in memory that end with it."""
ENCRYPTED = "tls://"
_VARIABLES = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE、…__CLIENT__CERT、…__CLIENT__KEY"
_HANDED_OVER = "交给它的：各期的全部文字（包括还没有公布的）、图片、设置、模板和字体；"


class ClusterError(EditorError):
    """The cluster cannot be used; the message says why."""


class PlainClusterError(ClusterError):
    """The connection would not be encrypted, and nobody has allowed that."""

    exit_code = USAGE


@dataclass(frozen=True, slots=True)
class ClusterAccess:
    """What the editor says of a cluster. Files that are not named are those of Dask's own configuration."""

    address: str
    """Of the scheduler, such as ``tls://10.0.0.1:8786``; or LOCAL."""
    authority: str = ""
    """File with the certificate of the authority that has signed those of all machines."""
    certificate: str = ""
    """File with the certificate of this machine."""
    key: str = ""
    """File with the key to it; empty where it is in the same file."""
    is_plain_allowed: bool = False
    """Whether the connection may do without encryption and certificates."""

    @property
    def is_local(self) -> bool:
        """Whether the cluster is started on this machine."""
        return self.address == LOCAL

    @property
    def is_encrypted(self) -> bool:
        """Whether connections are encrypted and both ends show certificates."""
        return self.is_local or self.address.startswith(ENCRYPTED)


def check_is_protected(access: ClusterAccess) -> None:
    """Raise PlainClusterError where the connection is not encrypted and nobody has allowed that."""
    if not access.is_encrypted and not access.is_plain_allowed:
        raise PlainClusterError(
            f"集群的地址 {access.address} 不加密：同一网络上的人看得到还没有公布的公文，还能冒充集群，让这台计算机运行他的程序。",
            "用 tls:// 的地址和证书，见《架构说明》的“集群”；确实只在可信的网络里用的，加上 --cluster-unencrypted。",
        )


def exposure(access: ClusterAccess) -> str:
    """Return what the editor is told about who can see and do what while the cluster works."""
    if access.is_local:
        return "集群只在本机：连接用临时证书加密，别的计算机连不上；证书只在内存里，做完就没有了。"
    if access.is_encrypted:
        return (
            f"集群 {access.address}：连接加密，双方核对证书。\n"
            f"{_HANDED_OVER}管理调度程序和工作机的人看得到。\n"
            "它交回的结果由这台计算机解开：只应把证书发给可信的机器，有证书的能让这台计算机运行程序。"
        )
    return (
        f"集群 {access.address}：连接不加密，也不核对对方是谁（--cluster-unencrypted）。\n"
        f"{_HANDED_OVER}管理调度程序和工作机的人、同一网络上的人都看得到。\n"
        "它交回的结果由这台计算机解开：能冒充它的人，能让这台计算机运行任何程序。最好改用 tls:// 和证书。"
    )


def security_of(access: ClusterAccess, distributed: Any) -> Any:
    """Return Dask's Security for a connection to the cluster at ``access``; ``distributed`` is the library.

    Dask then refuses every connection that is not encrypted, to workers too. Raises ClusterError.
    """
    check_is_protected(access)
    if access.is_local:
        try:
            return distributed.Security.temporary()
        except ImportError as error:
            raise ClusterError("临时证书要用的组件没有安装。先运行 pip install cryptography。") from error
    if not access.is_encrypted:
        return distributed.Security()
    named = {
        "tls_ca_file": access.authority,
        "tls_client_cert": access.certificate,
        "tls_client_key": access.key,
    }
    security: Any = distributed.Security(
        require_encryption=True, **{name: file for name, file in named.items() if file}
    )
    if not security.tls_ca_file or not security.tls_client_cert:
        raise ClusterError(
            f"连接 {access.address} 要有证书。",
            f"写明 --cluster-ca、--cluster-cert、--cluster-key 三个文件，或者设环境变量 {_VARIABLES}。",
        )
    try:
        security.get_connection_args("client")
    except ssl.SSLError as error:
        raise ClusterError("集群的证书或密钥用不了：不是 PEM 格式，或者证书和密钥不是一对。") from error
    except OSError as error:
        raise ClusterError(
            f"集群的证书或密钥读不了（{reason(error, '读取')}）。", "检查三个文件的路径和权限。"
        ) from error
    return security
