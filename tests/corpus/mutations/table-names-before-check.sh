#!/bin/sh
# class: unchecked-behavior-index
# function: do_madvise (mm/madvise.c)
# expect: the name of the advice is looked up before the advice is known to be valid
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/(?=^int do_madvise\()/m, "static const char * const madvise_names[] = {\n\t\"normal\", \"random\", \"sequential\", \"willneed\", \"dontneed\",\n};\n\n");' && \
edit "$1/mm/madvise.c" 'do_madvise' 'after(qr/start = untagged_addr\(start\);/, "\tpr_debug(\"madvise %lx %zx %s\\n\", start, len_in, madvise_names[behavior]);\n")'
