#!/bin/sh
# benign: remap pte for
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'remap_pte_range' 'rep(qr/\tdo \{\n\t\tBUG_ON/, "\tfor (; addr != end; pte++, addr += PAGE_SIZE) {\n\t\tBUG_ON"); rep(qr/\t\} while \(pte\+\+, addr \+= PAGE_SIZE, addr != end\);/, "\t}")'
