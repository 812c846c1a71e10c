#!/bin/sh
# the gather is not finished
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mmap.c" 'exit_mmap' 'del(qr/tlb_finish_mmu\(&tlb\);/)'
