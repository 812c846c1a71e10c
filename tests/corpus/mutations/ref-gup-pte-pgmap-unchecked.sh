#!/bin/sh
# class: page-ref-leak
# function: gup_pte_range (mm/gup.c)
# expect: nobody asks whether the device is still there
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'gup_pte_range' 'del(qr/if \(unlikely\(!pgmap\)\)/)'
