#!/bin/sh
# class: destructive-remote
# function: mincore (mm/mincore.c)
# expect: everybody sees what of a file is cached
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mincore.c" 'do_mincore' 'del(qr/if \(!can_do_mincore\(vma\)\) \{/)'
