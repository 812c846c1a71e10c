#!/bin/sh
# class: page-ref-leak
# function: get_cmdline (mm/util.c)
# expect: mm kept where there are no arguments
. "$(dirname "$0")/lib.sh"
edit "$1/mm/util.c" 'get_cmdline' 'rep(qr/goto out_mm;[^\n]*/, "goto out;")'
