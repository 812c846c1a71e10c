#!/bin/sh
# the slow way asks without the flags of the caller
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'internal_get_user_pages_fast' 'rep(qr/__gup_longterm_locked\(current->mm, start, nr_pages - nr_pinned,\n([^;]*?)gup_flags/s, "__gup_longterm_locked(current->mm, start, nr_pages - nr_pinned, pages, NULL, FOLL_TOUCH") if 0; $F =~ s/gup_flags & FOLL_FAST_ONLY/gup_flags && FOLL_FAST_ONLY/ or die'
