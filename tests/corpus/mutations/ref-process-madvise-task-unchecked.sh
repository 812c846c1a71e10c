#!/bin/sh
# class: page-ref-leak
# function: process_madvise (mm/madvise.c)
# expect: pidfd_get_task can fail
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'process_madvise' 'del(qr/if \(IS_ERR\(task\)\)/)'
