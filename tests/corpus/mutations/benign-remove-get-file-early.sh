#!/bin/sh
# benign: remove get file early
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_remove' 'del(qr/get_file\(f\)/); before(qr/offset = \(loff_t\)/, "\tget_file(f);\n")'
