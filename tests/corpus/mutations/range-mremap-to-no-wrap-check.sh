#!/bin/sh
# class: range-overflow
# function: mremap_to (mm/mremap.c)
# expect: new_addr + new_len may wrap past TASK_SIZE
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'mremap_to' 'del(qr/if \(new_len > TASK_SIZE/)'
