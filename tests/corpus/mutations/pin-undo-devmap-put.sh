#!/bin/sh
# class: pin-mismatch
# function: undo_dev_pagemap (mm/gup.c)
# expect: put_page() also for FOLL_PIN
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'undo_dev_pagemap' 'rep(qr/if \(flags & FOLL_PIN\)\n\s*unpin_user_page\(page\);\n\s*else\n\s*put_page\(page\);/, "put_page(page);")'
