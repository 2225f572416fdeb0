"""The command: `python run_sim.py --help`."""

import sys

from console.main import main

if __name__ == "__main__":
    sys.exit(main())
