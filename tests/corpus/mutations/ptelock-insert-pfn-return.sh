#!/bin/sh
# class: pte-lock
# function: insert_pfn (mm/memory.c)
# expect: ptelock insert pfn return
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'insert_pfn' 'rep(qr/WARN_ON_ONCE\(!is_zero_pfn\(pte_pfn\(\*pte\)\)\);\n\t\t\t\tgoto out_unlock;/, "WARN_ON_ONCE(!is_zero_pfn(pte_pfn(*pte)));\n\t\t\t\treturn VM_FAULT_NOPAGE;")'
