#!/bin/sh
# an early return with the lock that the fault record names
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'do_anonymous_page' 'rep(qr/goto unlock;/, "return ret;", 1)'
