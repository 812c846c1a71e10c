#!/bin/sh
# BENIGN: the loop of process_madvise() as for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/\twhile \(iov_iter_count\(&iter\)\) \{/, "\tfor (; iov_iter_count(&iter); iov_iter_advance(&iter, iovec.iov_len)) {"); $F =~ s/(\t\tif \(ret < 0\)\n\t\t\tbreak;\n)\t\tiov_iter_advance\(&iter, iovec\.iov_len\);\n/$1/ or die'
