#!/bin/sh
# class: pin-mismatch
# function: lookup_node (mm/mempolicy.c)
# expect: pin lookup node unpin
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'lookup_node' 'rep(qr/put_page\(p\);/, "unpin_user_page(p);")'
