#!/bin/sh
# benign: msync vma end local
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" '-' 'rep(qr/\t\tfend = fstart \+ \(min\(end, vma->vm_end\) - start\) - 1;\n\t\tstart = vma->vm_end;/, "\t\tvend = vma->vm_end;\n\t\tfend = fstart + (min(end, vend) - start) - 1;\n\t\tstart = vend;"); rep(qr/\t\tloff_t fstart, fend;\n/, "\t\tloff_t fstart, fend;\n\t\tunsigned long vend;\n"); rep(qr/vma = find_vma\(mm, vma->vm_end\);/, "vma = find_vma(mm, vend);")'
