#!/bin/sh
# class: page-ref-leak
# function: get_mergeable_page (mm/ksm.c)
# expect: page of another kind is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'get_mergeable_page' 'rep(qr/if \(is_zone_device_page\(page\)\)\n\t\tgoto out_putpage;/, "if (is_zone_device_page(page))\n\t\tgoto out;")'
