#!/bin/sh
# TLB flushed after the page table locks were released
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mremap.c" 'move_ptes' 'my $f = cut(qr/if \(force_flush\)/); after(qr/pte_unmap_unlock\(old_pte - 1, old_ptl\);/, $f)'
