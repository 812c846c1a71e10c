#!/bin/sh
# the reference is lost where the fault is tried again
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'remove_device_exclusive_entry' 'del(qr/folio_put\(folio\);/, 1)'
