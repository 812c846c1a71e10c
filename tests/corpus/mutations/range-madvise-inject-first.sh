#!/bin/sh
# class: range-overflow
# function: do_madvise (mm/madvise.c)
# expect: start + len_in handed on before the wrap check
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'do_madvise' 'my $i = ""; rep(qr/#ifdef CONFIG_MEMORY_FAILURE\n.*?#endif\n\n/s, ""); before(qr/if \(!PAGE_ALIGNED\(start\)\)/, "#ifdef CONFIG_MEMORY_FAILURE\n\tif (behavior == MADV_HWPOISON || behavior == MADV_SOFT_OFFLINE)\n\t\treturn madvise_inject_error(behavior, start, start + len_in);\n#endif\n\n")'
