#!/bin/sh
# capability checked before the mm is opened
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'SYSCALL_DEFINE5\(process_madvise' 'my $c = cut(qr/if \(!capable\(CAP_SYS_NICE\)\)/); $c =~ s/goto release_mm/goto release_task/; before(qr/mm = mm_access\(/, $c); rep(qr/release_mm:\n/, "")'
