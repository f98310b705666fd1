"""`python -m zhouqiao` is `zhouqiao`."""

import sys

from zhouqiao.cli import main

if __name__ == "__main__":
    sys.exit(main())
