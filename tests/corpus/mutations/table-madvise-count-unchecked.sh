#!/bin/sh
# class: unchecked-behavior-index
# function: do_madvise (mm/madvise.c)
# expect: counts calls per advice before the advice was looked at
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/\tstruct blk_plug plug;\n/, "\tstruct blk_plug plug;\n\tstatic unsigned long calls[MADV_COLLAPSE + 1];\n"); before(qr/if \(!madvise_behavior_valid/, "\tcalls[behavior]++;\n\n")'
