#!/bin/sh
# class: notifier-unpaired
# function: wp_page_copy (mm/memory.c)
# expect: charge fails after the range was started
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'wp_page_copy' 'rep(qr/\tif \(mem_cgroup_charge\(page_folio\(new_page\), mm, GFP_KERNEL\)\)\n\t\tgoto oom_free_new;\n/, ""); after(qr/mmu_notifier_invalidate_range_start\(&range\);/, "\tif (mem_cgroup_charge(page_folio(new_page), mm, GFP_KERNEL))\n\t\tgoto oom_free_new;\n")'
