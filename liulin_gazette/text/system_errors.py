"""Chinese descriptions of operating-system errors."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_MOVE = "路径太长，把整个公报文件夹移到路径短的地方，例如 D:\\公报"
LONGEST_PATH = 247
"""Characters of a folder's path on Windows where long paths are not switched on; a file's may have twelve more."""
_REASONS = {
    errno.ENOENT: "文件不存在",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "该是文件夹的地方是文件",
    errno.EEXIST: "已有同名的文件",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EACCES: "没有{doing}权限，或者文件正被别的程序打开",
    errno.EPERM: "系统不允许{doing}",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "路径太长",
    errno.EBUSY: "文件正被别的程序使用",
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "链接指回了自己",
    errno.EADDRINUSE: "已被别的程序占用",
    errno.EMFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
}


def reason(error: OSError, doing: str) -> str:
    """Return why ``doing`` (写入, 读取) failed; the number of the error if it is not a common one.

    An error of several files, as shutil raises it, has no number.
    """
    if not error.errno:
        return f"{doing}时出错"
    known = _MOVE if _is_too_long(error) else _REASONS.get(error.errno)
    return known.format(doing=doing) if known else f"系统错误 {error.errno}"


def _is_too_long(error: OSError) -> bool:
    """Tell whether Windows did not find the place since its path is too long, which it does not say."""
    if os.name != "nt" or error.errno != errno.ENOENT:
        return False
    names = [str(each) for each in (error.filename, error.filename2) if each]
    return any(len(str(Path(name).absolute())) > LONGEST_PATH for name in names)
