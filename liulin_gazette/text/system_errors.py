"""Chinese descriptions of operating-system errors."""

from __future__ import annotations

import errno

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
    known = _REASONS.get(error.errno)
    return known.format(doing=doing) if known else f"系统错误 {error.errno}"
