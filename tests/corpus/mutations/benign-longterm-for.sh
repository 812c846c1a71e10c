#!/bin/sh
# BENIGN: do becomes for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__gup_longterm_locked' '$F =~ s/do \{\n(.*?)\n\t\} while \(rc == -EAGAIN\);/for (;;) {\n$1\n\t\tif (rc != -EAGAIN)\n\t\t\tbreak;\n\t}/s or die'
