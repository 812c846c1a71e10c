#!/bin/sh
# class: destructive-remote
# function: kernel_migrate_pages (mm/mempolicy.c)
# expect: pages of foreign processes are moved
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'kernel_migrate_pages' 'del(qr/if \(!ptrace_may_access\(task/)'
