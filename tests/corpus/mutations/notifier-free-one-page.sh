#!/bin/sh
# class: notifier-unpaired
# function: madvise_free_single_vma (mm/madvise.c)
# expect: more is walked than announced
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_free_single_vma' 'rep(qr/walk_page_range\(vma->vm_mm, range\.start, range\.end,/, "walk_page_range(vma->vm_mm, range.start, range.end + PAGE_SIZE,")'
