"""``make rehearse``: play a fair day and say GO or NO-GO."""

import gc
import os
import signal
import sys

from scripts.rehearse import sheet
from scripts.rehearse.figures import Figures
from scripts.rehearse.plan import read_plan
from scripts.rehearse.theatre import rehearse
from scripts.setup import console
from scripts.setup.console import SetupRefused
from scripts.setup.paths import ROOT


def main() -> int:
    """Play, write the sheet, and exit with 0 for GO, 1 for NO-GO."""
    os.chdir(ROOT)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whoever ends us ends our servers, too
    gc.set_threshold(200_000, 50, 100)  # thousands of people are no garbage
    plan = read_plan()
    try:
        figures = Figures(rehearse(plan))
    except SetupRefused as error:
        return console.refuse(error)
    files = sheet.write(figures, plan.out)
    console.say("\n" + sheet.summary(figures))
    console.say("\n" + "\n".join(f"  {path}" for path in files.values()))
    return 0 if figures.is_go else 1


if __name__ == "__main__":
    sys.exit(main())
