#!/bin/sh
# class: page-ref-leak
# function: lookup_node (mm/mempolicy.c)
# expect: lookup node no put
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'lookup_node' 'del(qr/put_page\(p\)/)'
