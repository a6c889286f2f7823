# SPDX-License-Identifier: Apache-2.0
# How long a COCO file of 40,000 people takes (PEOPLE: another number), against jansson's parsing plus write(2) of the same
# bytes to the same place: a file in TMPDIR, three times each, in turn. It prints the seconds and fails on none: a disk
# under other load says nothing.
. "$(dirname "$0")/common.sh"
people=${PEOPLE:-40000}
"$TOOL_TEST_HELPER" people "$people" >"$in/people.json"
bytes=$((people * 17 * 64 * 48 * 4 + 128))
for round in 1 2 3; do
    printf 'round %d: ' $round
    "$TOOL_TEST_HELPER" baseline "$in/people.json" $bytes base || fail 'baseline'
    rm -f base
    seconds=$("$TOOL_TEST_HELPER" seconds "$CVHEATMAP" encode --quiet --coco "$in/people.json" -o maps.npy) || fail 'encode'
    is 'bytes' $bytes "$(wc -c <maps.npy | tr -d ' ')"
    rm -f maps.npy
    printf '         cvheatmap encode --coco: %s s\n' "$seconds"
done
finish
