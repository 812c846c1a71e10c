#!/bin/sh
# class: page-ref-leak
# function: __gup_device_huge (mm/gup.c)
# expect: pages grabbed so far are not given back
. "$(dirname "$0")/lib.sh"
edit "$1/mm/gup.c" '__gup_device_huge' 'del(qr/undo_dev_pagemap\(/, 2)'
