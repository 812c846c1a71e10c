#!/bin/sh
# class: sparse-table
# function: do_madvise (mm/madvise.c)
# expect: table of which advice unmaps, sized by one enumerator
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'rep(qr/\tstruct blk_plug plug;\n/, "\tstruct blk_plug plug;\n\tstatic const bool unmaps[MADV_HWPOISON + 1] = {\n\t\t[MADV_REMOVE] = true,\n\t\t[MADV_DONTNEED] = true,\n\t\t[MADV_FREE] = true,\n\t\t[MADV_DONTNEED_LOCKED] = true,\n\t};\n"); before(qr/blk_start_plug/, "\tif (unmaps[behavior])\n\t\tlru_add_drain();\n")'
