#!/bin/sh
# benign: process vm unlock helper
. "$(dirname "$0")/lib.sh"
edit "$1/mm/process_vm_access.c" '-' 'rep(qr/static int process_vm_rw_single_vec\(/, "static void process_vm_unlock(struct mm_struct *mm, int locked)\n{\n\tif (locked)\n\t\tmmap_read_unlock(mm);\n}\n\nstatic int process_vm_rw_single_vec("); rep(qr/\t\tif \(locked\)\n\t\t\tmmap_read_unlock\(mm\);\n\t\tif \(pinned/, "\t\tprocess_vm_unlock(mm, locked);\n\t\tif (pinned")'
