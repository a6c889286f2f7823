# SPDX-License-Identifier: Apache-2.0
# The commands of docs/data.md and docs/blur.md, as they are printed there, one block after the other in one folder.
. "$(dirname "$0")/common.sh"
docs=$source/../../docs
printf '#!/bin/sh\nexec "%s" "$@"\n' "$CVHEATMAP" >"$in/cvheatmap"
chmod +x "$in/cvheatmap"
PATH=$in:$PATH

blocks() { awk '$0 == "```sh" { n++; inside = 1; next } $0 == "```" { inside = 0 } inside { print > (folder "/" sprintf("%02d", n)) }' folder="$1" "$2"; }

for page in data blur; do
    mkdir "$in/$page"
    blocks "$in/$page" "$docs/$page.md"
    [ -n "$(ls "$in/$page")" ] || fail "docs/$page.md holds no block"
    for block in "$in/$page"/*; do
        cases=$((cases + 1))
        sh -eu "$block" >"$seen/stdout" 2>"$seen/stderr" || fail "docs/$page.md, block ${block##*/}: $(cat "$seen/stderr")"
        # Only what the page says is left out may be said.
        ! grep -q 'taken for\|a network.s scores\|off the map' "$seen/stderr" || fail "docs/$page.md, block ${block##*/}: $(cat "$seen/stderr")"
        cp "$seen/stdout" "$block.printed"
    done
done
is 'COCO results' 2 "$(grep -o '"image_id"' results.json | wc -l | tr -d ' ')"

# The value at the lit pixel: the middle tap squared, exp(-i^2 / 2 sigma^2) over its sum; at 1,1 with replicated edges only the
# middle tap stands there too.
tap() { awk -v sigma="$1" -v radius="$2" 'BEGIN { for (i = -radius; i <= radius; i++) s += exp(-i * i / (2 * sigma * sigma)); printf "%.12f", 1 / s / s }'; }
score() { sed -n '2s/^0,[^,]*,[^,]*,\([^,]*\),.*/\1/p' "$1"; }
for case in "01 $(tap 2 8)" "02 $(tap 2 8)" "04 $(tap 2.6 7)"; do
    # The last is a float: half a step of it is 1e-9.
    "$TOOL_TEST_HELPER" near "${case#* }" "$(score "$in/blur/${case%% *}.printed")" 2e-9 || fail "docs/blur.md, block ${case%% *}: expected ${case#* }, not $(score "$in/blur/${case%% *}.printed")"
    cases=$((cases + 1))
done

finish
