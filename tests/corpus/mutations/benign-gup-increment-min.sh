#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: __get_user_pages (mm/gup.c)
# change: the step is brought down with min_t()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__get_user_pages' 'rep(qr/\t\tif \(page_increm > nr_pages\)\n\t\t\tpage_increm = nr_pages;\n/, "\t\tpage_increm = min_t(unsigned long, page_increm, nr_pages);\n")'
