#!/bin/sh
# benign: gup locked flag
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'rep(qr/mmap_read_unlock\(mm\);\n\t\t\*locked = 0;/, "*locked = 0;\n\t\tmmap_read_unlock(mm);")'
