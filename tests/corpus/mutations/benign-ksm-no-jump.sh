#!/bin/sh
# BENIGN: a jump into a block goes
. "$(dirname "$0")/lib.sh"
edit "$1/mm/ksm.c" 'get_mergeable_page' '$F =~ s/if \(is_zone_device_page\(page\)\)\n\t\tgoto out_putpage;/if (is_zone_device_page(page)) {\n\t\tput_page(page);\n\t\tgoto out;\n\t}/ or die; $F =~ s/\} else \{\nout_putpage:\n/} else {\n/ or die'
