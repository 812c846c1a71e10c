#!/bin/sh
# class: errno-contract
# function: do_mlock (mm/mlock.c)
# expect: mlock() fails with -EFAULT
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mlock.c" 'do_mlock' 'rep(qr/error = __mm_populate\(start, len, 0\);\s*if \(error\)\s*return __mlock_posix_error_return\(error\);\s*return 0;/, "return __mm_populate(start, len, 0);");'
