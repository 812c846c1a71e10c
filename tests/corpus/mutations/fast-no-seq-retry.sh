#!/bin/sh
# class: missing-revalidation
# function: lockless_pages_from_mm (mm/gup.c)
# expect: the sequence count is read and never compared: a fork in between goes unnoticed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'lockless_pages_from_mm' 'rep(qr/if \(read_seqcount_retry\(&current->mm->write_protect_seq, seq\)\) \{\n[^\n]*\n\s*return 0;\n\s*\} else \{\n(\s*sanity_check_pinned_pages\(pages, nr_pinned\);\n)\s*\}\n/, "sanity_check_pinned_pages(pages, nr_pinned);\n")'
