#!/bin/sh
# Installs what the tests need, builds, and runs every test. The last line is "N passed, N failed, N skipped";
# the exit status is 0 only if no test failed.
set -u
root=$(dirname -- "$(readlink -f -- "$0")")
. "$root/build/setup.sh"
results=$root/artifacts/test-results

# finish PASSED FAILED SKIPPED: prints the last line and ends.
finish() {
    echo "$1 passed, $2 failed, $3 skipped"
    [ "$2" -eq 0 ]
    exit
}

install_for_tests() {
    want_libraries
    want_kernel
    command -v perl >/dev/null || want perl "the mutation scripts of the tests are written in it"
    command -v clang-19 >/dev/null || want clang-19 "the yardstick that our parse is compared with"
    command -v chromium >/dev/null || want chromium "the HTML report is looked at in it"
    command -v node >/dev/null || want nodejs "the SARIF schema and the browser are driven with it"
    command -v npm >/dev/null || want npm "it fetches the SARIF schema for the tests"
    [ -e /usr/lib/git-core/git-send-email ] || want git-email "drafts of replies are sent with it"
    [ -e /usr/share/perl5/Mail/Address.pm ] || want libmailtools-perl "git send-email reads addresses with it"
    command -v mutt >/dev/null || want mutt "drafts of replies are read with it"
    command -v b4 >/dev/null || want b4 "threads with drafts are read with it"
    command -v public-inbox-mda >/dev/null || want public-inbox "archives are made with it"
    command -v nvim >/dev/null || want neovim "the language server is tried in it"
    command -v emacs >/dev/null || want emacs-nox "the language server is tried in it"
    ls /usr/share/emacs/site-lisp/elpa*/eglot-*/eglot.el >/dev/null 2>&1 || want elpa-eglot "it connects Emacs with the language server"
    ls /usr/share/emacs/site-lisp/elpa*/lsp-mode-*/lsp-mode.el >/dev/null 2>&1 || want elpa-lsp-mode "so does it"
    has_library libsqlite3.so.0 || want libsqlite3-0 "keeps the bot's state"
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || want postgresql "keeps the bot's state for several machines"
    [ -e /usr/lib/python3/dist-packages/aiosmtpd/smtp.py ] || want python3-aiosmtpd "the bot sends mail to it"
    install_missing || finish 0 1 0
    require_sdk
    choose_modes
}

# The numbers of an attribute of <Counters> over all result files, added up.
count() {
    cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | tr -dc '0-9\n' | awk '{ n += $1 } END { print n + 0 }'
}

# Each skipped test with its reason, from the result files.
skipped_tests() {
    cat "$results"/*.trx 2>/dev/null | tr -d '\n\r' | sed 's/<UnitTestResult /\n&/g; s/<\/UnitTestResult>/&\n/g' |
        sed -n 's/^<UnitTestResult .* testName="\([^"]*\)".* outcome="NotExecuted".*<Message>\(.*\)<\/Message>.*/skipped: \1: \2/p' |
        sed 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
}

locked install_for_tests

if [ -z "${MMREVIEW_TEST_KERNEL:-}" ]; then
    MMREVIEW_TEST_KERNEL=$(cd / && MMREVIEW_KERNEL='' "$root/mmreview" kernel --path) || finish 0 1 0
fi
export MMREVIEW_TEST_KERNEL

# What users run is tested, where a program of machine code can be built.
is_current || locked build_tool
[ ! -f "$native" ] || export MMREVIEW_TEST_PROGRAM="${MMREVIEW_TEST_PROGRAM-$native}"

rm -rf "$results"
dotnet test "$root/Review.sln" -c Release -nodeReuse:false -p:UseSharedCompilation=false \
    --logger trx --results-directory "$results" "$@"
status=$?

total=$(count total) executed=$(count executed) passed=$(count passed)
failed=$((executed - passed))
# A build that failed or a test run that broke off counts as a failure.
[ "$status" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
skipped_tests
finish "$passed" "$failed" "$((total - executed))"
