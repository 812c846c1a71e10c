#!/bin/sh
# class: errno-contract
# function: do_mprotect_pkey (mm/mprotect.c)
# expect: errno mprotect killable
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'do_mprotect_pkey' 'rep(qr/if \(mmap_write_lock_killable\(current->mm\)\)\n\t\treturn -EINTR;\n\n\t\/\*\n\t \* If user/, "if (mmap_write_lock_killable(current->mm))\n\t\treturn -EAGAIN;\n\n\t/*\n\t * If user")'
