#!/bin/sh
# class: walk-progress
# function: split_huge_pages_in_file (mm/huge_memory.c)
# expect: progress split file index
. "$(dirname "$0")/lib.sh"
edit "$1/mm/huge_memory.c" 'split_huge_pages_in_file' 'rep(qr/index < off_end; index \+= nr_pages\)/, "index < off_end;)")'
