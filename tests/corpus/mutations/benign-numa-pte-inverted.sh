#!/bin/sh
# benign: numa pte inverted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'do_numa_page' 'rep(qr/\tif \(migrate_misplaced_page\(page, vma, target_nid\)\) \{\n\t\tpage_nid = target_nid;\n\t\tflags \|= TNF_MIGRATED;\n\t\ttask_numa_fault\(last_cpupid, page_nid, 1, flags\);\n\t\treturn 0;\n\t\}\n\n\tflags \|= TNF_MIGRATE_FAIL;/, "\tif (!migrate_misplaced_page(page, vma, target_nid))\n\t\tgoto failed;\n\tpage_nid = target_nid;\n\tflags |= TNF_MIGRATED;\n\ttask_numa_fault(last_cpupid, page_nid, 1, flags);\n\treturn 0;\n\nfailed:\n\tflags |= TNF_MIGRATE_FAIL;")'
