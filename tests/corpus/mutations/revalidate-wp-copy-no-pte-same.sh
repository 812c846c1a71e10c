#!/bin/sh
# class: missing-revalidation
# function: wp_page_copy (mm/memory.c)
# expect: pte not compared with orig_pte after the lock was retaken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'wp_page_copy' 'rep(qr/if \(likely\(pte_same\(\*vmf->pte, vmf->orig_pte\)\)\) \{/, "if (likely(pte_present(*vmf->pte))) {")'
