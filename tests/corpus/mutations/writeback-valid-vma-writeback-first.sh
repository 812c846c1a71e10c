#!/bin/sh
# class: useless-writeback
# function: madvise_dontneed_free_valid_vma (mm/madvise.c)
# expect: valid vma writeback first
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_dontneed_free_valid_vma' 'rep(qr/\t\*end = ALIGN_DOWN\(\*end, (.*)\);/, "\taligned = *end;\n\t*end = aligned;\n\taligned = ALIGN_DOWN(aligned, huge_page_size(hstate_vma(vma)));"); rep(qr/\{\n/, "{\n\tunsigned long aligned;\n\n",1)'
