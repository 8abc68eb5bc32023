#!/bin/sh
# Makes sure that the system libraries of WeasyPrint (Pango) are there: installs them with apt where that is possible and
# allowed, else prints the exact command for this kind of machine.  With apt it also brings the metric twin of Times New Roman that the
# official forms are printed in; without it they are printed in the packaged face, so its lack stops nothing.
# usage: system-libraries.sh [PYTHON]
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

have_face() {
    [ "$(uname -s)" != Linux ] && return 0
    for folder in /usr/share/fonts /usr/local/share/fonts "$HOME/.local/share/fonts" "$HOME/.fonts" "${NHIEMKY_FONTS:-/nonexistent}"; do
        [ -d "$folder" ] && find -L "$folder" \( -iname 'times.ttf' -o -iname 'Tinos-Regular.ttf' -o -path '*liberation2*/LiberationSerif-Regular.ttf' \
            -o -path '*liberation-serif*/LiberationSerif-Regular.ttf' \) 2>/dev/null | grep -q . && return 0
    done
    return 1
}

have && have_face && exit 0
PACKAGES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FACE="fonts-liberation2"
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then AS=""; elif sudo -n true 2>/dev/null; then AS="sudo -n"; else AS="no"; fi
    if [ "$AS" != no ]; then
        have || WANTED=$PACKAGES
        have_face || WANTED="${WANTED:-} $FACE"
        echo "installing with apt: $WANTED"
        $AS apt-get update -qq
        for package in $WANTED; do # one by one: a system that has no such face still gets its libraries
            $AS env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package"
        done
    fi
fi
have_face || echo "official forms will be printed in a packaged face; for one of the widths of Times New Roman: sudo apt-get install $FACE" >&2
have && exit 0
cat >&2 <<TEXT
WeasyPrint, which prints the PDF, needs the Pango library, and it is not on this machine. Install it, then run this again:
  Debian, Ubuntu   sudo apt-get install $PACKAGES
  Fedora           sudo dnf install pango
  macOS            brew install pango
  Windows          winget install MSYS2.MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango
TEXT
exit 1
