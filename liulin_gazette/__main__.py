"""``python -m liulin_gazette``, which build.py starts."""

import gc
import signal
import sys

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells define it (128 + SIGINT)."""


def run() -> int:
    """Run the command line and return the exit code. Ctrl-C ends it without a traceback."""
    try:
        from liulin_gazette.cli import main

        return main()
    except KeyboardInterrupt:
        # A second Ctrl-C would interrupt the cleaning up below.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from liulin_gazette.workers.processes import end_all

        end_all()
        print("已中断，没有做完。做了一半的不会用上；要做完，再运行一次。", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    code = run()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The work is done: there is nothing left to interrupt.
    gc.freeze()  # No last rounds of the garbage collector: saves a tenth of a second with a large archive.
    sys.exit(code)
