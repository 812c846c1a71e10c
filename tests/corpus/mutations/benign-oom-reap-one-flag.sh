#!/bin/sh
# benign: jump written as an if
. "$(dirname "$0")/lib.sh"
edit "$1/mm/oom_kill.c" 'oom_reap_task_mm' 'rep(qr/\tif \(!ret\)\n\t\tgoto out_finish;\n/, "\tif (ret)\n"); rep(qr/\n\tpr_info\(/, "\n\t\tpr_info("); rep(qr/out_finish:\n/, "")'
