#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Counts the instructions of the hot paths under valgrind and holds them against the budget of this compiler, +5 %, and those of
# a wide radius against four times those of a radius of 1.
set -eu

usage() {
    cat <<'TEXT'
usage: check.sh check|record|show HOT COMPILER FOLDER

  check   fail where a row takes over 1.05 times its budget (without one for COMPILER: not looked at), or NAME_radius_64 over 4
          times NAME_radius_1; 77 (skipped) without valgrind
  record  write the budget of COMPILER
  show    print the counts

HOT is cvheatmap_hot, COMPILER a text like "GNU 12.2.0 x86_64 avx2", which is skipped on a CPU without AVX2, FOLDER holds the
budgets, one file a compiler. Only the library's own instructions count: which memset the C library takes depends on the machine.
TEXT
    exit 2
}

[ $# -eq 4 ] || usage
mode=$1 hot=$2 compiler=$3 folder=$4
budget=$folder/$(printf '%s' "$compiler" | tr 'A-Z ' 'a-z-').txt

skip() {
    echo "skipped: $*"
    exit 77
}

command -v valgrind >/dev/null 2>&1 || skip "there is no valgrind"
case $compiler in
    *avx2) grep -qw avx2 /proc/cpuinfo || skip "this CPU has no AVX2, and another search" ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A dump a row, numbered in the order in which cvheatmap_hot names its rows.
valgrind --tool=callgrind --toggle-collect=hot_run --dump-after=hot_run --callgrind-out-file="$work/out" \
    "$hot" >"$work/rows" 2>"$work/errors" || {
    cat "$work/errors" >&2
    exit 1
}

# Instructions in our own objects. A line after calls= is what the call took in all, and is counted where it was spent.
instructions() {
    awk '
        /^c?ob=/ {
            mark = $1
            sub(/^c?ob=/, "", mark)
            if (NF > 1) path[mark] = $0
            if ($0 ~ /^ob=/) ours = path[mark] ~ /\/(libcvheatmap|cvheatmap_hot)[^\/]*$/
        }
        /^calls=/ { inclusive = 1; next }
        /^[-+*0-9]/ {
            if (!inclusive && ours) sum += $2
            inclusive = 0
        }
        END { print sum + 0 }' "$1"
}

number=0
while read -r row calls; do
    number=$((number + 1))
    echo "$row $(($(instructions "$work/out.$number") / calls))"
done <"$work/rows" >"$work/counts"

case $mode in
show) cat "$work/counts" ;;
record)
    {
        echo "# Instructions a call of each row of cvheatmap_hot in the library itself, compiled by $compiler."
        cat "$work/counts"
    } >"$budget"
    cat "$budget"
    ;;
check)
    awk '
        { taken[$1] = $2 }
        END {
            for (row in taken) {
                if (row !~ /_radius_64$/) continue
                narrow = row
                sub(/64$/, "1", narrow)
                ratio = taken[row] / taken[narrow]
                verdict = ratio > 4 ? "OVER 4 TIMES" : "fine"
                printf "%-18s %10d, %.2f times %s  %s\n", row, taken[row], ratio, narrow, verdict
                if (ratio > 4) failed = 1
            }
            exit failed
        }' "$work/counts"
    [ -e "$budget" ] || { echo "no budget for $compiler"; exit 0; }
    awk '
        NR == FNR { if ($1 != "#") budget[$1] = $2; next }
        !($1 in budget) { printf "%-18s %10d  has no budget\n", $1, $2; failed = 1; next }
        {
            ratio = $2 / budget[$1]
            verdict = ratio > 1.05 ? "OVER ITS BUDGET" : ratio < 0.95 ? "well below: record it" : "fine"
            printf "%-18s %10d of %10d  %.3f  %s\n", $1, $2, budget[$1], ratio, verdict
            if (ratio > 1.05) failed = 1
        }
        END { exit failed }' "$budget" "$work/counts"
    ;;
*) usage ;;
esac
