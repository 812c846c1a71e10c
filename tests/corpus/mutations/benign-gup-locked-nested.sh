#!/bin/sh
# benign: gup locked nested
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages_locked' 'rep(qr/\tif \(lock_dropped && \*locked\) \{.*?\n\t\}\n/s, "\tif (lock_dropped) {\n\t\tif (*locked) {\n\t\t\t*locked = 0;\n\t\t\tmmap_read_unlock(mm);\n\t\t}\n\t}\n")'
