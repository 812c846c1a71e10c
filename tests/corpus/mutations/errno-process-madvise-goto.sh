#!/bin/sh
# class: errno-contract
# function: process_madvise (mm/madvise.c)
# expect: an error jumps past the number of bytes done
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'rep(qr/if \(ret < 0\)\n\s*break;/, "if (ret < 0)\n\t\t\tgoto release_mm;")'
