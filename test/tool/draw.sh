# SPDX-License-Identifier: Apache-2.0
# What the program draws: spot values, slices, formats, conventions.
. "$(dirname "$0")/common.sh"

# --------------------------------------------------------------------------------------------------------- help and version
for command in encode crop crosscheck compare decode conventions decoders; do
    run $command --help
    is "$command --help: status" 0 $status
    is "$command --help: first words" "usage: cvheatmap $command" "$(sed -n '1s/ [A-Z[].*//p' "$seen/stdout")"
    is "$command --help: stderr" '' "$(cat "$seen/stderr")"
    cp "$seen/stdout" "$in/long"
    run help $command
    same "$in/long" "$seen/stdout"
    case $command in encode | crosscheck) run $command --point 1,2 -h ;; *) run $command -h ;; esac
    same "$in/long" "$seen/stdout"
    is "$command --help: widest line fits a terminal of 110" '' "$(grep '.\{111\}' "$seen/stdout")"
done
run --help
is '--help: status' 0 $status
cp "$seen/stdout" "$in/long"
for words in -h help 'help help'; do
    # shellcheck disable=SC2086 # one word or two
    run $words
    same "$in/long" "$seen/stdout"
done
run --version
is '--version' 'cvheatmap' "$(sed 's/ [0-9]*\.[0-9]*\.[0-9]*, OpenCV [0-9]*\.[0-9]*\.[0-9].*//' "$seen/stdout")"

# ----------------------------------------------------------------------------------------------------------- the tutorial
works encode -o tutorial.npy
is 'header' "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 64, 48), }" "$(npy_header tutorial.npy)"
is 'size' $((128 + 64 * 48 * 4)) "$(wc -c <tutorial.npy | tr -d ' ')"
is 'value at 24,32' '255' "$(floats tutorial.npy $((32 * 48 + 24)) 1)"
is 'value at 31,32 is 255 exp(-49/8)' '0.557810' "$(floats tutorial.npy $((32 * 48 + 31)) 1 | sed 's/\([0-9.]\{8\}\).*/\1/')"
is 'value at 32,32, outside the window' '0' "$(floats tutorial.npy $((32 * 48 + 32)) 1)"
works encode -o options.npy --point 24,32 --size 64x48 --sigma 2 --ksize 15 --peak 255 --norm max --method patch --depth 32f
same tutorial.npy options.npy
works encode -o both.npy --sigma 2,2 --ksize 15,15 --point 24,32,0 --overlap max --border method
same tutorial.npy both.npy
works encode -o abbreviated.npy --conv tutorial_blur
works encode -o blur.npy --method blur
same abbreviated.npy blur.npy
same tutorial.npy blur.npy
works encode -o double.npy --depth 64f
is 'double header' "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 64, 48), }" "$(npy_header double.npy)"
remarks '0 of 1 keypoints drawn; 1 not labelled' encode -o absent.npy --point nan,3 --size 4x4
is 'absent keypoint' '' "$(dd if=absent.npy bs=1 skip=128 2>/dev/null | tr -d '\0')"
# Every file holds the same bytes on every machine, the least first.
bytes() { od -A n -t x1 -j $((128 + $2 * $3)) -N "$3" "$1" | tr -s ' ' | sed 's/^ //; s/ $//'; } # bytes FILE SAMPLE SIZE
sample=$((32 * 48 + 24))
is 'bytes: 255 as a float' '00 00 7f 43' "$(bytes tutorial.npy $sample 4)"
is 'bytes: a weight of 1' '00 00 80 3f' "$(bytes tutorial.weights.npy 0 4)"
works encode -o bytes.npy --depth 64f --norm none --peak 1.5
is 'bytes: 1.5 as a double' '00 00 00 00 00 00 f8 3f' "$(bytes bytes.npy $sample 8)"
for depth in '16f f2 f8 5b' '16u u2 9c 63' '8u u1 ff'; do
    # shellcheck disable=SC2086 # words
    set -- $depth
    scale=1
    if [ "$1" = 16u ]; then scale=0.01; fi
    works encode -o bytes.npy --depth "$1" --scale $scale --quiet
    order='<'
    if [ "$1" = 8u ]; then order='|'; fi
    is "bytes: $1: header" "{'descr': '$order$2', 'fortran_order': False, 'shape': (1, 64, 48), }" "$(npy_header bytes.npy)"
    size=${2#?}
    shift 2
    is "bytes: 255 / $scale in $size" "$*" "$(bytes bytes.npy $sample "$size")"
done
works encode --convention posenet --sigma 2 --point 24,32 --offsets dx.npy,dy.npy -o bytes.npy
is 'bytes: offsets of -1' '00 00 80 bf 00 00 80 bf' "$(bytes dx.npy $((33 * 48 + 25)) 4) $(bytes dy.npy $((33 * 48 + 25)) 4)"
works encode --convention simcc_mmpose_one_hot --input 64x64 --point 24,32 -o x.npy,y.npy
is 'bytes: vectors of 1' '00 00 80 3f 00 00 80 3f' "$(bytes x.npy 48 4) $(bytes y.npy 64 4)"
run crosscheck --keep kept
is 'bytes: what crosscheck keeps' '00 00 7f 43' "$(bytes kept-actual.npy $sample 4)"
works encode -o input.npy --point 96,128 --input 256x192
same tutorial.npy input.npy
works encode -o origin.npy --point 0,0
works encode -o denormal.npy --point 1e-400,-1e-400 # what no double holds is an error only where it is large
same origin.npy denormal.npy

# --------------------------------------------------------------------------------------------------------- several maps
printf '1,2,0\n40,60,2\n24,32,1\n' >"$in/three.csv"
works encode -o three.npy --points "$in/three.csv"
is 'three' "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 64, 48), }" "$(npy_header three.npy)"
dd if=three.npy of=second bs=4 skip=$((32 + 64 * 48)) count=$((64 * 48)) 2>/dev/null
dd if=tutorial.npy of=first bs=4 skip=32 2>/dev/null
same first second
printf '\357\273\277map , x,\ty\r\n 0, 1,2 \r\n\r\n1,24,32\r\n2,40,60' >"$in/header.csv"
works encode -o header.npy --points "$in/header.csv"
same three.npy header.npy
works encode -o points.npy --point 40,60,2 --point 1,2 --point 24,32,1
same three.npy points.npy
works encode -o mixed.npy --point 40,60,2 --points "$in/three.csv" # the larger of two equal values
same three.npy mixed.npy

# Many maps come in slices of about a megabyte; each map is what it is alone. The order within a map is kept: the later
# keypoint replaces the earlier.
i=0
while [ $i -lt 300 ]; do
    map=$((i * 7 % 300))
    printf '%d.25,%d,%d\n%d,%d,%d\n' $((map % 48)) $((map % 61)) $map $((map % 47)) $((map % 59)) $map
    i=$((i + 1))
done >"$in/many.csv"
works encode -o many.npy --points "$in/many.csv" --overlap replace --norm none
for map in 0 84 85 86 170 299; do
    works encode -o one.npy --overlap replace --norm none --point $((map % 48)).25,$((map % 61)) --point $((map % 47)),$((map % 59))
    dd if=many.npy of=cut bs=128 skip=$((1 + 96 * map)) count=96 2>/dev/null
    dd if=one.npy of=alone bs=128 skip=1 2>/dev/null
    same cut alone
done

# ------------------------------------------------------------------------------------------------------------- conventions
run conventions
is 'conventions: status' 0 $status
sed '1d; /^$/,$d; s/ .*//' "$seen/stdout" >"$in/names"
sed '1,/^SimCC/d; s/ .*//' "$seen/stdout" >"$in/vectors"
is 'conventions: how many of vectors' 6 "$(wc -l <"$in/vectors" | tr -d ' ')"
for name in $(cat "$in/vectors") rtmpose; do
    run conventions "$name"
    is "conventions $name: status" 0 $status
    case $name in simcc*) is "conventions $name: name" "$name" "$(sed -n 1p "$seen/stdout")" ;; esac
    ! grep -q unknown "$seen/stdout" || fail "conventions $name: an enumerator without a name"
    works encode --convention "$name" --input 32x24 --point 10,12 -o x.npy,y.npy
    run decode x.npy y.npy --convention "$name"
    is "decode $name" '0,10,12' "$(sed -n 2p "$seen/stdout" | cut -d, -f1-3)"
done
rm x.npy y.npy
is 'conventions: how many' 25 "$(wc -l <"$in/names" | tr -d ' ')"
while read -r name; do
    run conventions "$name"
    is "conventions $name: status" 0 $status
    is "conventions $name: name" "$name" "$(sed -n 1p "$seen/stdout")"
    grep -q 'value = ' "$seen/stdout" || fail "conventions $name: no formula"
    ! grep -q unknown "$seen/stdout" || fail "conventions $name: an enumerator without a name"
    case $name in
    centernet | centernet_msra | ttfnet | kornia | posenet) lengths='--sigma 2' ;; # theirs come from a box
    *) lengths= ;;
    esac
    # shellcheck disable=SC2086 # two words or none
    works encode --convention "$name" $lengths --point 24,32 -o "$name.npy"
    # shellcheck disable=SC2086 # several words
    works encode --convention "$name" $lengths --points "$in/three.csv" -o "$name.npy"
    is "$name" "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 64, 48), }" "$(npy_header "$name.npy")"
done <"$in/names"

# --------------------------------------------------------------------------------------------------------------- pictures
for size in 1x1 1x90 90x1 64x48 300x400 1100x30; do
    works encode -o picture.png --size $size --point 0,0
    is "$size: signature" "$(printf '\211PNG')" "$(dd if=picture.png bs=1 count=4 2>/dev/null)"
done
works encode -o picture.png --points "$in/many.csv"
works encode -o picture.png --point nan,nan --norm none --quiet

finish
