#!/bin/sh
# EPERM where nobody asked for permission
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' '$F =~ s/#else\n\tif \(!file\)\n\t\treturn -EBADF;\n#endif/#else\n\tif (!file)\n\t\treturn -EINVAL;\n#endif/; rep(qr/if \(IS_DAX/, "if (!file->f_op)\n\t\treturn -EPERM;\n\n\tif (IS_DAX")'
