# Set-up shared by mmreview and test.sh; sourced with $root naming the repository.
# Everything it makes lies under artifacts/ and can be deleted.

state=$root/artifacts/setup
tool=$root/artifacts/tool/mmreview.dll
missing=

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { printf 'mmreview: %s\n' "$*" >&2; }

stop() { say "$*"; exit 2; }

# has_library NAME...: true if the system has a library of one of these names.
has_library() {
    for name in "$@"; do
        for folder in /usr/lib/*-linux-gnu /lib/*-linux-gnu /usr/lib64 /usr/lib /usr/local/lib; do
            [ -e "$folder/$name" ] && return 0
        done
    done
    return 1
}

# want PACKAGE WHY: notes that a Debian package is missing, and says what it is for.
want() {
    say "missing: $1 ($2)"
    missing="$missing $1"
}

want_libraries() {
    has_library libclang-19.so.1 libclang.so.19 libclang.so.19.1 || want libclang1-19 "parses the C code"
    has_library libgit2.so.1.5 libgit2.so.1.6 libgit2.so.1.7 || want libgit2-1.5 "reads kernel revisions out of git"
}

want_kernel() {
    set -- /usr/src/linux-source-*.tar.xz
    [ -e "$1" ] || want linux-source-6.1 "the kernel that is reviewed when none is named"
    command -v xz >/dev/null || want xz-utils "unpacks the kernel source package"
    command -v git >/dev/null || want git "gives the unpacked kernel a revision"
}

# install_missing: installs what want noted, or says how to. False if it could not be installed.
install_missing() {
    [ -n "$missing" ] || return 0
    if ! command -v apt-get >/dev/null; then
        say "this system has no apt-get; install with its own package manager what Debian calls:$missing"
        return 1
    fi
    if [ "$(id -u)" = 0 ]; then
        as=
    elif sudo -n true 2>/dev/null; then
        as="sudo -n"
    else
        say "not root; run: sudo apt-get install -y --no-install-recommends$missing"
        return 1
    fi
    say "installing with apt-get:$missing"
    apt="env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
    # shellcheck disable=SC2086  # lists of words
    if ! $as $apt install -y --no-install-recommends $missing >"$state/apt.log" 2>&1 9>&- &&
        ! { $as $apt update && $as $apt install -y --no-install-recommends $missing; } >>"$state/apt.log" 2>&1 9>&-; then
        tail -n 3 "$state/apt.log" >&2
        say "that failed (see artifacts/setup/apt.log); run: apt-get update && apt-get install -y$missing"
        return 1
    fi
    missing=
}

require_sdk() {
    command -v dotnet >/dev/null ||
        stop "the .NET 10 SDK is missing; install it from https://dotnet.microsoft.com/download and put 'dotnet' on PATH"
    case $(dotnet --version 2>/dev/null) in
        [1-9][0-9].*) ;;
        *) stop "the .NET SDK on PATH is older than 10; install it from https://dotnet.microsoft.com/download" ;;
    esac
}

# probe PROPERTY PACKAGE OTHER: remembers 'package' as the mode if the package can be restored, else OTHER.
probe() {
    [ -s "$state/$1" ] && return
    if timeout 60 dotnet restore "$root/build/probe/Probe.csproj" -nodeReuse:false \
        -p:ProbePackage="$2" -p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false \
        -p:BaseIntermediateOutputPath="$state/probe/$2/" >"$state/probe-$2.log" 2>&1 9>&-; then
        echo package >"$state/$1"
    else
        echo "$3" >"$state/$1"
    fi
}

# probe_native_compiler: remembers how the program can be made to start fast: the runtime that its machine code is made for, or 'none' if the compiler is not to be had.
probe_native_compiler() {
    [ -s "$state/NativeCode" ] && return
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) runtime=linux-x64 ;;
        Linux-aarch64) runtime=linux-arm64 ;;
        *) runtime=none ;;
    esac
    if [ $runtime = none ] || ! timeout 60 dotnet restore "$root/build/probe/Probe.csproj" -nodeReuse:false \
        -p:RuntimeIdentifier=$runtime -p:PublishReadyToRun=true -p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false \
        -p:BaseIntermediateOutputPath="$state/probe/native/" >"$state/probe-native.log" 2>&1 9>&-; then
        runtime=none
    fi
    echo $runtime >"$state/NativeCode"
}

# read_modes: sets $modes from the environment, else from what was probed.
read_modes() {
    clang_mode=${ClangSharpMode:-} git_mode=${LibGit2Mode:-}
    [ -n "$clang_mode" ] || read -r clang_mode 2>/dev/null <"$state/ClangSharpMode" || clang_mode=
    [ -n "$git_mode" ] || read -r git_mode 2>/dev/null <"$state/LibGit2Mode" || git_mode=
    modes="$clang_mode $git_mode"
}

# is_current [STAMP]: true if the program (the part that STAMP is of) was built in these modes after the last change of a source.
is_current() {
    stamp=$state/${1:-built}
    [ -f "$tool" ] && [ -f "$stamp" ] || return 1
    read_modes
    read -r built <"$stamp" && [ "$built" = "$modes" ] || return 1
    [ -z "$(find "$root/analyzers" "$root/patches" "$root/tools" "$root/build" "$root"/Directory.* "$root/global.json" \
        -name node_modules -prune -o -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# locked COMMAND...: runs a function while no other start of the program does.
locked() {
    mkdir -p "$state" 2>/dev/null && true 2>/dev/null >>"$state/lock" || stop "cannot write to $root/artifacts; make it writable, or use a clone of your own"
    exec 9>>"$state/lock"
    if command -v flock >/dev/null; then flock 9; fi
    "$@"
    exec 9>&-
}

choose_modes() {
    [ -n "${ClangSharpMode:-}" ] || probe ClangSharpMode ClangSharp.Interop builtin &
    [ -n "${LibGit2Mode:-}" ] || probe LibGit2Mode LibGit2Sharp system
    wait
    read_modes
    export ClangSharpMode="$clang_mode" LibGit2Mode="$git_mode"
}

# build_tool: makes the program current.
build_tool() {
    is_current && return
    require_sdk
    want_libraries
    install_missing || exit 2
    probe_native_compiler &
    choose_modes
    say "building (once, and after changes)"
    echo "$modes" >"$state/building"
    # Machine code beside the portable one: a run is over before a compiler that works on the side has paid off.
    read -r runtime <"$state/NativeCode"
    if [ "$runtime" = none ]; then set --; else set -- -r "$runtime" --self-contained false -p:PublishReadyToRun=true; fi
    if ! dotnet publish "$root/tools/Review.Cli" -c Release -o "${tool%/*}" "$@" -nodeReuse:false -p:UseSharedCompilation=false >"$state/build.log" 2>&1 9>&-; then
        grep -E '(error|warning) [A-Z]+[0-9]+' "$state/build.log" | sort -u | head -n 20 >&2
        stop "the build failed; see artifacts/setup/build.log"
    fi
    mv "$state/building" "$state/built"
}

# build_dashboard: makes the dashboard current, which nobody needs who does not ask for it.
build_dashboard() {
    is_current dashboard-built && return
    say "building the dashboard (once, and after changes)"
    if ! dotnet publish "$root/tools/Review.Dashboard" -c Release -o "${tool%/*}/dashboard" -nodeReuse:false -p:UseSharedCompilation=false >"$state/dashboard.log" 2>&1 9>&-; then
        grep -E '(error|warning) [A-Z]+[0-9]+' "$state/dashboard.log" | sort -u | head -n 20 >&2
        stop "the build failed; see artifacts/setup/dashboard.log"
    fi
    echo "$modes" >"$state/dashboard-built"
}
