#!/bin/sh
# class: notifier-unpaired
# function: remove_device_exclusive_entry (mm/memory.c)
# expect: notifier device exclusive before lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'remove_device_exclusive_entry' 'rep(qr/\tif \(!folio_lock_or_retry\(folio, vma->vm_mm, vmf->flags\)\) \{\n\t\tfolio_put\(folio\);\n\t\treturn VM_FAULT_RETRY;\n\t\}\n/, ""); rep(qr/\tmmu_notifier_invalidate_range_start\(&range\);\n/, "\tmmu_notifier_invalidate_range_start(&range);\n\tif (!folio_lock_or_retry(folio, vma->vm_mm, vmf->flags)) {\n\t\tfolio_put(folio);\n\t\treturn VM_FAULT_RETRY;\n\t}\n")'
