#!/bin/sh
# class: walk-progress
# function: internal_get_user_pages_fast (mm/gup.c)
# expect: slow path starts again at start: pages pinned twice, the rest missed
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'internal_get_user_pages_fast' 'del(qr/start \+= nr_pinned << PAGE_SHIFT;/)'
