#!/bin/sh
# Makes sure that the system libraries of WeasyPrint (Pango) are there: installs them with apt where that is possible and
# allowed, else prints the exact command for this kind of machine.   usage: system-libraries.sh [PYTHON]
PYTHON=${1:-python3}

have() {
    "$PYTHON" - <<'PY'
import ctypes, ctypes.util, sys
names = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0") if sys.platform.startswith("linux") else ()
try:
    for name in names:
        ctypes.CDLL(name)
    if sys.platform == "darwin" and not ctypes.util.find_library("pango-1.0"):
        sys.exit(1)
except OSError:
    sys.exit(1)
PY
}

have && exit 0
PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then AS=""; elif sudo -n true 2>/dev/null; then AS="sudo -n"; else AS="no"; fi
    if [ "$AS" != no ]; then
        echo "installing the system libraries of WeasyPrint: $PACKAGES"
        $AS apt-get update -qq && $AS env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $PACKAGES
        have && exit 0
    fi
fi
cat >&2 <<TEXT
WeasyPrint, which prints the PDF, needs the Pango library, and it is not on this machine. Install it, then run this again:
  Debian, Ubuntu   sudo apt-get install $PACKAGES
  Fedora           sudo dnf install pango
  macOS            brew install pango
  Windows          winget install MSYS2.MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango
TEXT
exit 1
