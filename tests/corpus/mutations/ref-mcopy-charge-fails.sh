#!/bin/sh
# class: page-ref-leak
# function: mcopy_atomic_pte (mm/userfaultfd.c)
# expect: ref mcopy charge fails
. "$(dirname "$0")/lib.sh"
edit "$1/mm/userfaultfd.c" 'mcopy_atomic_pte' 'rep(qr/if \(mem_cgroup_charge\(page_folio\(page\), dst_mm, GFP_KERNEL\)\)\n\t\tgoto out_release;/, "if (mem_cgroup_charge(page_folio(page), dst_mm, GFP_KERNEL))\n\t\tgoto out;")'
