#!/bin/sh
# class: walk-progress
# function: migrate_longterm_unpinnable_pages (mm/gup.c)
# expect: a failed migration asks for another try
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'migrate_longterm_unpinnable_pages' 'rep(qr/ret = -ENOMEM;/, "ret = -EAGAIN;")'
