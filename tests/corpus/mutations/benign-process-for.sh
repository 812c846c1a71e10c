#!/bin/sh
# benign: process for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/while \(iov_iter_count\(&iter\)\) \{/, "for (; iov_iter_count(&iter); iov_iter_advance(&iter, iovec.iov_len)) {"); rep(qr/\t\tiov_iter_advance\(&iter, iovec.iov_len\);\n/, "")'
