#!/bin/sh
# class: page-ref-leak
# function: get_gate_page (mm/gup.c)
# expect: the page is handed out although no reference could be taken
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'get_gate_page' 'rep(qr/if \(unlikely\(!try_grab_page\(\*page, gup_flags\)\)\) \{\n\s*ret = -ENOMEM;\n\s*goto unmap;\n\t\}/, "try_grab_page(*page, gup_flags);")'
