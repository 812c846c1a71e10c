#!/bin/sh
# class: build
# function: madvise_walk_vmas (mm/madvise.c)
# expect: an external function without a prototype
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static\nint madvise_walk_vmas\(/, "int madvise_walk_vmas(");'
