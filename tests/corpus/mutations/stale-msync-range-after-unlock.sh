#!/bin/sh
# class: stale-vma-use
# function: msync (mm/msync.c)
# expect: stale msync range after unlock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/msync.c" '-' 'rep(qr/\t\tfstart = \(start - vma->vm_start\) \+\n\t\t\t \(\(loff_t\)vma->vm_pgoff << PAGE_SHIFT\);\n\t\tfend = fstart \+ \(min\(end, vma->vm_end\) - start\) - 1;\n\t\tstart = vma->vm_end;\n/, ""); rep(qr/\t\t\tmmap_read_unlock\(mm\);\n\t\t\terror = vfs/, "\t\t\tmmap_read_unlock(mm);\n\t\t\tfstart = (start - vma->vm_start) +\n\t\t\t\t ((loff_t)vma->vm_pgoff << PAGE_SHIFT);\n\t\t\tfend = fstart + (min(end, vma->vm_end) - start) - 1;\n\t\t\tstart = vma->vm_end;\n\t\t\terror = vfs"); rep(qr/\t\t\} else \{\n\t\t\tif \(start >= end\)/, "\t\t} else {\n\t\t\tstart = vma->vm_end;\n\t\t\tif (start >= end)")'
