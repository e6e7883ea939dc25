"""``python -m liulin_gazette``: what build.py hands over to."""

import sys

from liulin_gazette.cli import main

sys.exit(main())
