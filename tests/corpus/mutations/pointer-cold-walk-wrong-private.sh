#!/bin/sh
# the gather itself as walk private: the walker reads another struct
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_cold_page_range' 'rep(qr/&walk_private\);/, "walk_private.tlb);")'
