#!/bin/sh
# after the relock the next VMA may begin behind start
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" 'SYSCALL_DEFINE3\(msync' 'del(qr/if \(start < vma->vm_start\) \{/)'
