# Set-up shared by mmreview and test.sh; sourced with $root naming the repository.
# Everything it makes lies under artifacts/ and can be deleted.

state=$root/artifacts/setup
tool=$root/artifacts/tool/mmreview.dll     # by the runtime: can load rules of others
native=$root/artifacts/tool/mmreview       # machine code: starts at once; not everywhere
missing=

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

say() { printf 'mmreview: %s\n' "$*" >&2; }

stop() { say "$*"; exit 2; }

# find_library NAME...: prints where the system has a library, the first of these names that it has; false if none.
find_library() {
    for name in "$@"; do
        for folder in /usr/lib/*-linux-gnu /lib/*-linux-gnu /usr/lib64 /usr/lib /usr/local/lib; do
            [ -e "$folder/$name" ] && echo "$folder/$name" && return 0
        done
    done
    return 1
}

has_library() { find_library "$@" >/dev/null; }

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

# probe_native_compiler: remembers how the program can be made to start fast: 'PublishAot RUNTIME' for a program of machine code, 'PublishReadyToRun RUNTIME'
# for machine code beside the portable one, or 'none' if neither compiler is to be had. The first needs a C linker too.
probe_native_compiler() {
    [ -s "$state/MachineCode" ] && return
    case $(uname -s)-$(uname -m) in
        Linux-x86_64) runtime=linux-x64 ;;
        Linux-aarch64) runtime=linux-arm64 ;;
        *) echo none >"$state/MachineCode" && return ;;
    esac
    if links_programs && restores_compiler PublishAot; then
        echo "PublishAot $runtime"
    elif restores_compiler PublishReadyToRun; then
        echo "PublishReadyToRun $runtime"
    else
        echo none
    fi >"$state/MachineCode"
}

links_programs() {
    echo 'int main(void) { return 0; }' | { clang -x c -o "$state/linked" - || gcc -x c -o "$state/linked" -; } >"$state/probe-linker.log" 2>&1
}

# restores_compiler PROPERTY: true if the compiler that a publish with this property needs can be restored.
restores_compiler() {
    timeout 60 dotnet restore "$root/build/probe/Probe.csproj" -nodeReuse:false \
        -p:RuntimeIdentifier="$runtime" -p:"$1"=true -p:ImportDirectoryBuildProps=false -p:ImportDirectoryBuildTargets=false \
        -p:BaseIntermediateOutputPath="$state/probe/$1/" >"$state/probe-$1.log" 2>&1 9>&-
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
    [ -f "$stamp" ] && { [ -f "$native" ] || [ -f "$tool" ]; } || return 1
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

# publish PROJECT STAMP OPTION...: builds a part of the program, and notes in STAMP that it is current. False if it does not build.
publish() {
    project=$1 stamp=$2
    shift 2
    echo "$modes" >"$state/building-$stamp"
    dotnet publish "$root/tools/$project" -c Release "$@" -nodeReuse:false -p:UseSharedCompilation=false >"$state/$stamp.log" 2>&1 9>&- || return
    mv "$state/building-$stamp" "$state/$stamp"
}

# must_publish PROJECT STAMP OPTION...: the same, and the end if it does not build.
must_publish() {
    publish "$@" && return
    grep -E '(error|warning) [A-Z]+[0-9]+' "$state/$stamp.log" | sort -u | head -n 20 >&2
    stop "the build failed; see artifacts/setup/$stamp.log"
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
    rm -f "$native"
    # A run is over before a compiler that works on the side has paid off.
    read -r kind runtime <"$state/MachineCode"
    case $kind in
        PublishAot)
            publish Review.Cli built -o "${native%/*}" -r "$runtime" -p:NativeProgram=true && link_libgit2 && return
            say "no program of machine code (see artifacts/setup/built.log); building the portable one"
            must_publish Review.Cli built -o "${tool%/*}"
            ;;
        PublishReadyToRun) must_publish Review.Cli built -o "${tool%/*}" -r "$runtime" --self-contained false -p:PublishReadyToRun=true ;;
        *) must_publish Review.Cli built -o "${tool%/*}" ;;
    esac
}

# link_libgit2: LibGit2Sharp asks for the library by the name that its package gives it. The portable program answers that itself (build/LibGit2Library.cs).
link_libgit2() {
    [ "$LibGit2Mode" = package ] || ln -sf "$(find_library libgit2.so.1.7 libgit2.so.1.6 libgit2.so.1.5)" "${native%/*}/libgit2-a2bde63.so"
}

# build_portable: makes the portable program current where there is one of machine code, which cannot do everything.
build_portable() {
    is_current portable-built && return
    say "building the portable program (once, and after changes)"
    must_publish Review.Cli portable-built -o "${tool%/*}"
}

# build_dashboard: makes the dashboard current, which nobody needs who does not ask for it.
build_dashboard() {
    is_current dashboard-built && return
    say "building the dashboard (once, and after changes)"
    must_publish Review.Dashboard dashboard-built -o "${tool%/*}/dashboard"
}
