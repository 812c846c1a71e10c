#!/bin/sh
# result of try_grab_page() ignored
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'follow_page_pte' 'rep(qr/if \(unlikely\(!try_grab_page\(page, flags\)\)\) \{\n\s*page = ERR_PTR\(-ENOMEM\);\n\s*goto out;\n\s*\}/, "(void)try_grab_page(page, flags);")'
