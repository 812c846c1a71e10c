#!/bin/sh
# class: page-ref-leak
# function: get_mergeable_page (mm/ksm.c)
# expect: a device page is not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'get_mergeable_page' 'rep(qr/if \(IS_ERR_OR_NULL\(page\)\)\s*goto out;\s*if \(is_zone_device_page\(page\)\)\s*goto out_putpage;/, "if (IS_ERR_OR_NULL(page) || is_zone_device_page(page))\n\t\tgoto out;");'
