#!/bin/sh
# class: sparse-table
# function: madvise_readahead_advice (mm/madvise.c)
# expect: table of fadvise values indexed by advice
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" '-' 'rep(qr/static long madvise_willneed\(/, "static int madvise_readahead_advice(int behavior)\n{\n\tstatic const int advice[] = {\n\t\t[MADV_NORMAL] = POSIX_FADV_NORMAL,\n\t\t[MADV_WILLNEED] = POSIX_FADV_WILLNEED,\n\t\t[MADV_PAGEOUT] = POSIX_FADV_DONTNEED,\n\t\t[MADV_COLLAPSE] = POSIX_FADV_WILLNEED,\n\t};\n\n\tif (behavior < 0 || behavior >= ARRAY_SIZE(advice))\n\t\treturn POSIX_FADV_NORMAL;\n\treturn advice[array_index_nospec(behavior, ARRAY_SIZE(advice))];\n}\n\nstatic long madvise_willneed("); rep(qr/#include <linux\/mmu_notifier.h>\n/, "#include <linux\/mmu_notifier.h>\n#include <linux\/nospec.h>\n"); rep(qr/end - start, POSIX_FADV_WILLNEED\)/, "end - start,\n\t\t    madvise_readahead_advice(MADV_WILLNEED))")'
