#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: move_page_tables (mm/mremap.c)
# change: breaks replaced by goto to the end of the range
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_page_tables' '$F =~ s/if \(!new_pud\)\n\t\t\tbreak;/if (!new_pud)\n\t\t\tgoto end;/; $F =~ s/if \(!new_pmd\)\n\t\t\tbreak;/if (!new_pmd)\n\t\t\tgoto end;/; rep(qr/\tmmu_notifier_invalidate_range_end\(&range\);/, "end:\n\tmmu_notifier_invalidate_range_end(&range);")'
