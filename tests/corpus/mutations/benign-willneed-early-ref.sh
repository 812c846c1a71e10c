#!/bin/sh
# BENIGN: semantically neutral; no finding is expected
# function: madvise_willneed (mm/madvise.c)
# change: the reference is taken before the look at DAX and given back there
. "$(dirname "$0")/lib.sh"
edit "$1/mm/madvise.c" 'madvise_willneed' 'my $g = cut(qr/get_file\(file\);/); before(qr/\tif \(IS_DAX\(file_inode\(file\)\)\) \{/, $g); rep(qr/(ignore advice \*\/\n)/, "ignore advice */\n\t\tfput(file);\n")'
