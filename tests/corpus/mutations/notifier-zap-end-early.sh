#!/bin/sh
# an interrupted zap leaves the range open
. "$(dirname "$0")/lib.sh"
edit "$1/mm/memory.c" 'zap_page_range' 'rep(qr/do \{/, "do {\n\t\tif (fatal_signal_pending(current))\n\t\t\treturn;")'
