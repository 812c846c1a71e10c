#!/bin/sh
# class: notifier-unpaired
# function: write_protect_page (mm/ksm.c)
# expect: notifier write protect goto out
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'write_protect_page' 'rep(qr/\t\tgoto out_mn;/, "\t\tgoto out;")'
