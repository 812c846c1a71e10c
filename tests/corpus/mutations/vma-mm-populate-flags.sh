#!/bin/sh
# the VMA is looked at after populate may have dropped the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__mm_populate' 'rep(qr/if \(ignore_errors\) \{/, "if (ignore_errors || vma->vm_flags & VM_LOCKONFAULT) {")'
