#!/bin/sh
# class: missing-revalidation
# function: follow_pmd_mask (mm/gup.c)
# expect: pmd not looked at again under the lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_pmd_mask' 'del(qr/if \(unlikely\(!pmd_trans_huge\(\*pmd\)\)\)/)'
