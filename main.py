"""Start 三优台账: the window, or one of its commands."""

from sanyou_desktop.start import main

if __name__ == "__main__":
    raise SystemExit(main())
