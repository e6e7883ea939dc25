"""``python -m liulin_gazette``, which build.py starts."""

import gc
import signal
import sys

from liulin_gazette.preparation.printable_output import let_output_be_printable

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells define it (128 + SIGINT)."""
UNPREPARED = 3
"""Exit code where something is missing in the environment, as in ``cli``."""


def run() -> int:
    """Run the command line and return the exit code. Neither Ctrl-C nor a broken library ends it with a traceback."""
    let_output_be_printable()
    try:
        code = _run_command()
    except KeyboardInterrupt:
        # A second Ctrl-C would interrupt the cleaning up below.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        from liulin_gazette.workers.processes import end_all

        end_all()
        print("已中断，没有做完。做了一半的不会用上；要做完，再运行一次。", file=sys.stderr)
        return INTERRUPTED
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # The work is done: there is nothing left to interrupt.
    if processes := sys.modules.get("liulin_gazette.workers.processes"):  # Only where others were started.
        processes.join_watchers()
    return code


def _run_command() -> int:
    """Run the command line and return the exit code, that for a lacking environment if it cannot be loaded."""
    try:
        from liulin_gazette.cli import main
    except Exception as error:  # A library can raise anything while it is loaded.
        from liulin_gazette.preparation.load_faults import load_fault

        print(load_fault(error), file=sys.stderr)
        return UNPREPARED
    return main()


if __name__ == "__main__":
    code = run()
    gc.freeze()  # No last rounds of the garbage collector: saves a tenth of a second with a large archive.
    sys.exit(code)
