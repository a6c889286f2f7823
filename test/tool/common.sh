# SPDX-License-Identifier: Apache-2.0
# What every test of the program uses. A test is a file of calls of these functions that starts with
#     . "$(dirname "$0")/common.sh"
# and ends with `finish`. It runs in an empty folder $out, with room for input beside it in $in. CVHEATMAP is the program,
# TOOL_TEST_HELPER the helper; where they are another machine's, CVHEATMAP_EMULATOR runs them.
set -u
: "${CVHEATMAP:?the program to test}" "${TOOL_TEST_HELPER:?the helper of these tests}"
if [ ! -x "$CVHEATMAP" ] || [ ! -x "$TOOL_TEST_HELPER" ]; then echo "not built: $CVHEATMAP or $TOOL_TEST_HELPER"; exit 2; fi
# shellcheck disable=SC2034 # the tests read these variables
source=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/cvheatmap-test.XXXXXX") || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
in=$work/in out=$work/out seen=$work/seen
mkdir "$in" "$out" "$seen"
cd "$out" || exit 2
cases=0 failures=0

emulated() { # emulated NAME PROGRAM: writes a script that runs it
    printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$CVHEATMAP_EMULATOR" "$2" >"$work/$1"
    chmod +x "$work/$1"
}
if [ -n "${CVHEATMAP_EMULATOR:-}" ]; then
    emulated cvheatmap "$CVHEATMAP"
    emulated helper "$TOOL_TEST_HELPER"
    CVHEATMAP=$work/cvheatmap TOOL_TEST_HELPER=$work/helper
fi
# shellcheck disable=SC2034 # and this one
case $("$CVHEATMAP" --version) in *'built without OpenCV'*) draws=false ;; *) draws=true ;; esac # what draws the pictures

fail() { # fail TEXT: the case went wrong
    failures=$((failures + 1))
    printf 'FAILED: %s\n' "$*"
}

run() { # run ARGUMENTS...: sets status; stdout and stderr are in $seen
    cases=$((cases + 1))
    "$CVHEATMAP" "$@" >"$seen/stdout" 2>"$seen/stderr"
    status=$?
}

# refuse MESSAGE ARGUMENTS...: exit status 2, nothing on stdout, one line "cvheatmap: MESSAGE" on stderr (MESSAGE may hold a
# shell pattern where the library's own text stands), and no file left behind.
refuse() {
    message=$1
    shift
    run "$@"
    [ $status -eq 2 ] || fail "$*: exit status $status, not 2"
    [ ! -s "$seen/stdout" ] || fail "$*: something on stdout"
    [ "$(wc -l <"$seen/stderr")" -eq 1 ] || fail "$*: stderr is not one line"
    # shellcheck disable=SC2254 # a pattern is meant
    case $(cat "$seen/stderr") in
    "cvheatmap: "$message) ;;
    *) fail "$*: stderr is: $(cat "$seen/stderr") (expected: $message)" ;;
    esac
    [ -z "$(ls -A "$out")" ] || { fail "$*: left $(ls -A "$out")"; rm -rf "${out:?}"/* "$out"/.??*; }
}

# prints STATUS ARGUMENTS... <<EOF: this exit status, exactly this text on stdout, nothing on stderr.
prints() {
    expected_status=$1
    shift
    cat >"$seen/expected"
    run "$@"
    [ $status -eq "$expected_status" ] || fail "$*: exit status $status, not $expected_status"
    [ ! -s "$seen/stderr" ] || fail "$*: stderr is: $(cat "$seen/stderr")"
    cmp -s "$seen/expected" "$seen/stdout" || { fail "$*: stdout differs:"; diff "$seen/expected" "$seen/stdout"; }
}

# works ARGUMENTS...: exit status 0 and not a word.
works() { prints 0 "$@" </dev/null; }

# remarks MESSAGE ARGUMENTS...: exit status 0, nothing on stdout, and "cvheatmap: MESSAGE" on stderr (a shell pattern, which
# may span lines).
remarks() {
    message=$1
    shift
    run "$@"
    [ $status -eq 0 ] || fail "$*: exit status $status, not 0"
    [ ! -s "$seen/stdout" ] || fail "$*: something on stdout"
    # shellcheck disable=SC2254 # a pattern is meant
    case $(cat "$seen/stderr") in
    "cvheatmap: "$message) ;;
    *) fail "$*: stderr is: $(cat "$seen/stderr") (expected: $message)" ;;
    esac
}

same() { # same A B: two files are equal
    cases=$((cases + 1))
    cmp "$1" "$2" >/dev/null 2>&1 || fail "$1 and $2 are not the same"
}

is() { # is WHAT EXPECTED ACTUAL
    cases=$((cases + 1))
    [ "$2" = "$3" ] || fail "$1: expected $2, not $3"
}

npy_header() { # npy_header FILE: the text of its header
    dd if="$1" bs=1 skip=10 count=118 2>/dev/null | sed 's/ *$//'
}

# floats FILE FIRST [COUNT]: the samples of a .npy file with a header of 128 bytes, whatever this machine's byte order is
case $(printf '\001\000' | od -A n -t u2 | tr -d ' ') in 1) little= ;; *) little=--endian=little ;; esac
floats() {
    # shellcheck disable=SC2086 # no word or one
    od -A n -t f4 $little -j $((128 + $2 * 4)) ${3:+-N $(($3 * 4))} "$1" | tr -s ' \n' ' ' | sed 's/^ //; s/ $//'
}

finish() {
    printf '%s: %d cases, %d failures\n' "$(basename "$0")" $cases $failures
    [ $cases -gt 0 ] && [ $failures -eq 0 ]
    exit
}
