#!/bin/sh
# class: build
# function: madvise_need_mmap_write (mm/madvise.c)
# expect: need write not static
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/(?m)^static int madvise_need_mmap_write/, "int madvise_need_mmap_write")'
