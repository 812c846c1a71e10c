#!/bin/sh
# pinned pages are put, plain ones unpinned
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" 'undo_dev_pagemap' 'rep(qr/if \(flags & FOLL_PIN\)/, "if (!(flags & FOLL_PIN))")'
