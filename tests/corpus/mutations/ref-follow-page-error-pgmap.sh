#!/bin/sh
# class: page-ref-leak
# function: follow_page (mm/gup.c)
# expect: an error leaves with the pgmap held
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page' 'before(qr/if \(ctx.pgmap\)/, "\tif (IS_ERR_OR_NULL(page))\n\t\treturn NULL;\n");'
