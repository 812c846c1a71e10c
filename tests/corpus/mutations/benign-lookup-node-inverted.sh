#!/bin/sh
# benign: lookup node inverted
. "$(dirname "$0")/lib.sh"
edit "$1/mm/mempolicy.c" 'lookup_node' 'rep(qr/\tif \(ret > 0\) \{\n\t\tret = page_to_nid\(p\);\n\t\tput_page\(p\);\n\t\}\n\treturn ret;/, "\tif (ret <= 0)\n\t\treturn ret;\n\tret = page_to_nid(p);\n\tput_page(p);\n\treturn ret;")'
