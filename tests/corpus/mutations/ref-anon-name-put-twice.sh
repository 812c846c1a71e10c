#!/bin/sh
# the name is given back twice
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_vma_behavior' 'after(qr/anon_vma_name_put\(anon_name\);/, "\tanon_vma_name_put(anon_name);\n")'
