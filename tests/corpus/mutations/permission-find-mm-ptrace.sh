#!/bin/sh
# class: destructive-remote
# function: find_mm_struct (mm/migrate.c)
# expect: pages of any process are moved without asking ptrace_may_access()
. "$(dirname "$0")/lib.sh"
edit "$1/mm/migrate.c" 'find_mm_struct' 'rep(qr/\tif \(!ptrace_may_access.*?\n\t\}\n/s, "")'
