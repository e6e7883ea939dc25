"""``python -m liulin_gazette``: what build.py hands over to."""

import gc
import signal
import sys

INTERRUPTED = 130
"""The exit code of what is ended by Ctrl-C, as shells have it."""


def run() -> int:
    """Carry out the command that was typed and return its exit code; Ctrl-C ends it without a traceback."""
    try:
        from liulin_gazette.cli import main

        return main()
    except KeyboardInterrupt:
        # Pressed again, it would break off what is said and ended here.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from liulin_gazette.workers.processes import end_all

        end_all()
        print("已中断，没有做完。做了一半的不会用上；要做完，再运行一次。", file=sys.stderr)
        return INTERRUPTED


if __name__ == "__main__":
    code = run()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # All is done: there is nothing left to interrupt.
    gc.freeze()  # Spares the last rounds of the collector: a tenth of a second over a large archive.
    sys.exit(code)
