#!/bin/sh
# class: page-ref-leak
# function: access_process_vm (mm/memory.c)
# expect: mm not put
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'access_process_vm' 'del(qr/mmput\(mm\);/)'
