#!/bin/sh
# class: pointer-level
# function: mprotect_fixup (mm/mprotect.c)
# expect: pointer mprotect private
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mprotect.c" 'mprotect_fixup' 'rep(qr/\t\tpgprot_t new_pgprot = vm_get_page_prot\(newflags\);\n/, "\t\tpgprot_t prot_of = vm_get_page_prot(newflags), *new_pgprot = &prot_of;\n")'
