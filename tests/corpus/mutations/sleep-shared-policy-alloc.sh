#!/bin/sh
# allocates under the policy lock
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'shared_policy_replace' 'my $u = cut(qr/write_unlock\(&sp->lock\);/, 2); before(qr/mpol_new = kmem_cache_alloc/, $u)'
