#!/bin/sh
# the address space is not given back where it fails
. "$(dirname "$0")/lib.sh"
edit "$1/mm/swapfile.c" 'try_to_unuse' 'rep(qr/if \(retval\) \{\n\t\t\tmmput\(prev_mm\);\n/, "if (retval) {\n")'
