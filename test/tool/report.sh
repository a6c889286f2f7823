# SPDX-License-Identifier: Apache-2.0
# What crosscheck and compare report: text, JSON, exit status, pictures.
. "$(dirname "$0")/common.sh"

# "OpenCV 4.6.0 (32F fused; 64F fused)" and its like
opencv=$("$CVHEATMAP" --version | sed 's/.*OpenCV \(.*\) (.*/\1/') sums=$("$CVHEATMAP" --version | sed 's/.*(\(.*\))/\1/')
prints 0 crosscheck <<EOF
expected   blur
actual     patch
opencv     $opencv, $sums
maps       1 of 64x48, 32f
compared   3072 samples
differing  0
max abs    0
rmse       0
max ulps   0
result     equal
EOF
prints 0 crosscheck --json <<EOF
{
  "expected": "blur",
  "actual": "patch",
  "maps": 1,
  "rows": 64,
  "cols": 48,
  "depth": "32f",
  "agree": true,
  "compared": 3072,
  "differing": 0,
  "max_abs": 0.0,
  "rmse": 0.0,
  "max_ulps": 0,
  "worst": null,
  "opencv": "$opencv",
  "opencv_arithmetic": "$sums",
  "drawn": {
    "convention": null,
    "method": "patch",
    "sigma": "2",
    "ksize": "15",
    "peak": "255",
    "norm": "max",
    "border": "reflect_101",
    "crop": null,
    "overrides": []
  }
}
EOF
# Everywhere on the map, and with both memory orders of rows and columns.
for point in 0,0 47,0 0,63 47,63 3,60 24,32; do
    for size in 64x48 48x64; do
        for depth in 32f 64f; do
            run crosscheck --point $point --size $size --depth $depth
            is "crosscheck --point $point --size $size --depth $depth" 0 $status
        done
    done
done
for border in constant replicate reflect reflect_101; do
    run crosscheck --point 2,3 --border $border
    is "crosscheck --border $border" 0 $status
done
# Without a border of its own each method does what the field does, the blur reflects and the patch clips: that is no comparison.
refuse '*border CVH_BORDER_METHOD (CVH_BORDER_REFLECT_101), norm CVH_NORM_NONE (CVH_NORM_KERNEL)*' crosscheck --border method --norm none
run crosscheck --point 2,3 --atol 300
is 'crosscheck --atol 300' 0 $status

# A named convention is drawn as both methods draw alike, which is said; one between pixels is held against its formula.
run crosscheck --convention hrnet
is 'crosscheck --convention hrnet' 0 $status
is 'what was replaced' 'cvheatmap: hrnet is drawn here with border reflect_101, norm kernel, overlap add, ksize 13, which blur and patch draw alike' \
    "$(cat "$seen/stderr")"
refuse '*norm CVH_NORM_NONE (CVH_NORM_KERNEL)*' crosscheck --convention hrnet --norm none
for depth in 32f 64f; do
    for convention in udp darkpose sleap kornia; do
        run crosscheck --convention $convention --sigma 2 --depth $depth --point 20.3,31.6
        is "crosscheck --convention $convention --depth $depth" 0 $status
        is 'against' 'expected   formula' "$(sed -n 1p "$seen/stdout")"
    done
done
run crosscheck --convention udp --peak 3 --point 20.3,31.6
is 'crosscheck --convention udp --peak 3' 0 $status
# An option's value stays; what both draw alike is not said.
# Without a convention a sigma has the width that the patch gives it, and keypoints that meet are added up.
for options in '--sigma 3' '--sigma 3,1' '--ksize 21' '--sigma 40' '--sigma 3 --point 20,20 --point 40,50'; do
    # shellcheck disable=SC2086 # words
    run crosscheck $options
    is "crosscheck $options" 0 $status
    is "crosscheck $options: not a word" '' "$(cat "$seen/stderr")"
done
run crosscheck --sigma 3 --json
is 'crosscheck --sigma 3: the width' '    "ksize": "19",' "$(grep ksize "$seen/stdout")"
run crosscheck --point 20,20 --point 22,22 --ulps 5
is 'crosscheck, keypoints that meet: status' 0 $status
grep -q 'keypoints that meet on a map are added up here' "$seen/stderr" || fail "keypoints that meet: $(cat "$seen/stderr")"
refuse '*overlap CVH_OVERLAP_MAX where windows meet*Here --border, --norm, --overlap and --ksize say it' crosscheck --overlap max --point 20,20 --point 22,22
run crosscheck --convention hrnet --border reflect_101 --norm kernel --overlap add --ksize 13
is 'hrnet, all given: status' 0 $status
is 'hrnet, all given: not a word' '' "$(cat "$seen/stderr")"
for options in '--border reflect_101' '--norm kernel' '--overlap add' '--ksize 13'; do
    # shellcheck disable=SC2086 # words
    run crosscheck --convention hrnet $options
    is "hrnet, $options: status" 0 $status
    case $(cat "$seen/stderr") in *"${options#--}"*) fail "hrnet, $options: $(cat "$seen/stderr")" ;; esac
done
"$CVHEATMAP" conventions | sed '1d; /^$/,$d; s/ .*//' >"$in/names"
while read -r convention; do
    run crosscheck --convention "$convention" --sigma 2 --point 20,31 --quiet
    is "crosscheck --convention $convention --sigma 2" 0 $status
done <"$in/names"
run crosscheck --convention udp --json
is 'which arithmetic the patch had' 1 "$(grep -c "\"opencv_arithmetic\": \"$sums\"" "$seen/stdout")"
run crosscheck --convention udp --point 20.3,31.6 --atol 0
is 'crosscheck --convention udp --atol 0' 1 $status
run crosscheck --convention darkpose --point 20.3,31.6 --point 9,9,1 --keep kept
is 'crosscheck --keep' 0 $status
run compare kept-expected.npy kept-actual.npy --ulps 4 --atol 1e-30
is 'what was kept' 0 $status
run compare kept-expected.npy kept-actual.npy
is 'what was kept is two methods' 1 $status

# The slip that explains a difference is said.
works encode --convention darkpose --point 20,31 -o right.npy
works encode --convention darkpose --point 31,20 -o exchanged.npy
works encode --convention darkpose --point 20.5,31 -o half.npy
run compare right.npy exchanged.npy
is 'exchanged' 'slip       x and y exchanged: rows x cols here, width x height there?' "$(grep slip "$seen/stdout")"
run compare right.npy half.npy
case $(grep slip "$seen/stdout") in *'half a pixel'*'(0.5, 0)') ;; *) fail "half a pixel: $(cat "$seen/stdout")" ;; esac

# Reports of slices are joined: 300 maps are four of them.
i=0
while [ $i -lt 300 ]; do
    printf '%d,32,%d\n' $((i == 200 || i == 290 ? 1 : 24)) $i
    i=$((i + 1))
done >"$in/many.csv"
run crosscheck --points "$in/many.csv" --norm kernel -o many.png
is 'slices: status' 0 $status
is 'slices: maps' 'maps       300 of 64x48, 32f' "$(sed -n 4p "$seen/stdout")"
is 'slices: compared' 'compared   921600 samples' "$(sed -n 5p "$seen/stdout")"

# ---------------------------------------------------------------------------------------------------------------- compare
works encode -o a.npy --size 8x6 --point 3,4 --norm none --peak 1 --sigma 1 --ksize 3
works encode -o b.npy --size 8x6 --point 3,4 --norm none --peak 1.5 --sigma 1 --ksize 3
prints 0 compare a.npy a.npy <<'EOF'
expected   a.npy
actual     a.npy
maps       1 of 8x6, 32f
compared   48 samples
differing  0
max abs    0
rmse       0
max ulps   0
result     equal
EOF
prints 1 compare a.npy b.npy --atol 0.25 <<'EOF'
expected   a.npy
actual     b.npy
maps       1 of 8x6, 32f
tolerance  absolute 0.25, relative 0, ulps 0
compared   48 samples
differing  5
max abs    0.5
rmse       0.12526760482883537
max ulps   5302611
worst      map 0, row 4, col 3: expected 1, actual 1.5
where      rows 3..5, cols 2..4
result     different
EOF
prints 0 compare --rtol 0.5001 a.npy b.npy <<'EOF'
expected   a.npy
actual     b.npy
maps       1 of 8x6, 32f
tolerance  absolute 0, relative 0.5001, ulps 0
compared   48 samples
differing  0
max abs    0.5
rmse       0.12526760482883537
max ulps   5302611
worst      map 0, row 4, col 3: expected 1, actual 1.5
result     equal within the tolerance
EOF
run compare a.npy b.npy --ulps 5302611
is 'ulps' 0 $status
run compare a.npy b.npy --ulps 5302610
is 'one ulp less' 1 $status
prints 1 compare a.npy b.npy --json <<'EOF'
{
  "expected": "a.npy",
  "actual": "b.npy",
  "maps": 1,
  "rows": 8,
  "cols": 6,
  "depth": "32f",
  "agree": false,
  "compared": 48,
  "differing": 9,
  "max_abs": 0.5,
  "rmse": 0.12526760482883537,
  "max_ulps": 5302611,
  "worst": {
    "map": 0,
    "row": 4,
    "col": 3,
    "expected": 1.0,
    "actual": 1.5
  },
  "where": {
    "first_row": 3,
    "last_row": 5,
    "first_col": 2,
    "last_col": 4,
    "missing": 0,
    "extra": 0
  },
  "slip": null
}
EOF

# NaN against a number is infinitely far, which JSON cannot say.
h="{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
header() { printf '\223NUMPY\001\000\166\000%-117s\n' "$h"; }
{ header; printf '\000\000\200\077\000\000\000\000'; } >one.npy # 1, 0
{ header; printf '\000\000\300\177\000\000\000\200'; } >nan.npy # NaN, -0
prints 1 compare one.npy nan.npy <<'EOF'
expected   one.npy
actual     nan.npy
maps       1 of 1x2, 32f
compared   2 samples
differing  1
max abs    inf
rmse       inf
max ulps   a number against nan
worst      map 0, row 0, col 0: expected 1, actual nan
where      rows 0..0, cols 0..0
result     different
EOF
run compare one.npy nan.npy --json
is 'NaN in JSON: status' 1 $status
is 'NaN in JSON' '"actual": null' "$(sed -n 's/^ *\("actual": null\).*/\1/p' "$seen/stdout")"
is 'infinity in JSON' '"max_abs": null,"max_ulps": null,' "$(sed -n 's/^ *\("max_[a-z]*": null,\)/\1/p' "$seen/stdout" | tr -d '\n')"
run compare nan.npy nan.npy
is 'NaN equals NaN' 0 $status

# --------------------------------------------------------------------------------------------------------------- pictures
for files in 'a.npy a.npy' 'a.npy b.npy' 'one.npy nan.npy'; do
    # shellcheck disable=SC2086 # two words
    run compare $files -o picture.png
    is "$files: signature" "$(printf '\211PNG')" "$(dd if=picture.png bs=1 count=4 2>/dev/null)"
    rm -f picture.png
done
# u1, f8, a file name that is no UTF-8 and holds a line end, NaN beside NaN, panels narrower than their text.
{ header; printf '\000\000\200\077\000\000\300\177'; } >two.npy # 1, NaN
run compare two.npy two.npy -o picture.png
is 'NaN beside NaN: status' 0 $status
run compare two.npy one.npy -o picture.png
is 'NaN beside a number: status' 1 $status
h="{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2), }"
name=$(printf 'grey\n\377.npy')
{ header; printf '\001\002'; } >"$name"
run compare "$name" "$name" -o picture.png --json
is 'u1: status' 0 $status
is 'u1: depth' '  "depth": "8u",' "$(grep depth "$seen/stdout")"
is 'a name that is no UTF-8' '  "expected": "grey\n?.npy",' "$(grep expected "$seen/stdout")"
run crosscheck --depth 64f --point 60,3 --point 3,4 -o picture.png # one of the marks is off the map
case $sums in
*unknown*) # i386's x87: equal or not, it is reported
    [ $status -le 1 ] || fail "crosscheck --depth 64f -o: exit status $status: $(cat "$seen/stderr")"
    echo "crosscheck --depth 64f -o: $opencv, $sums: $(grep '^max ulps' "$seen/stdout")"
    ;;
*) is 'crosscheck --depth 64f -o: status' 0 $status ;;
esac
run crosscheck --point 2,3 --atol 300 -o picture.png
is 'crosscheck --atol -o: status' 0 $status
for size in 1x1 1x40 40x1 600x600 1031x1029; do
    works encode --size $size -o picture.png --quiet
    is "encode --size $size: signature" "$(printf '\211PNG')" "$(dd if=picture.png bs=1 count=4 2>/dev/null)"
done
for drawn in '--convention udp' '--convention higherhrnet' '--convention tutorial_blur' '--sigma 2,3 --ksize 13,0' \
    '--convention hrnet --sigma 2' '--sigma 0 --ksize 9'; do
    # shellcheck disable=SC2086 # words
    remarks '1 of 2 keypoints drawn; 1 off the map' encode $drawn --point 60,3 --point 9,9 -o picture.png
done
run compare a.npy b.npy --atol 1 -o picture.png
is 'compare --atol -o: status' 0 $status
run crosscheck -o picture.png
is 'crosscheck -o: status' 0 $status
cp picture.png again.png
run crosscheck -o picture.png
same picture.png again.png

# Reports of a batch's images are joined: the box around all that differ, and the slip where they share one.
rm -f ./*
frames() { printf 'frame,x,y\na,%s\nb,%s\nc,%s\n' "$2" "$3" "$4" >"$in/$1.csv" && works encode --points "$in/$1.csv" --layout nchw -o "$1.npy"; }
frames same 24,30 24,30 24,30
frames right 25,30 25,30 25,30
frames mixed 24,30 25,30 24,32
frames back 24,30 23,30 26,29
frames up 24,30 24,28 24,31
run compare same.npy right.npy
is 'a batch, all shifted: status' 1 $status
is 'a batch, all shifted: where' 'where      rows 23..37, cols 17..32' "$(grep ^where "$seen/stdout")"
grep -q '^slip .*(1, 0)' "$seen/stdout" || fail "a batch, all shifted: no slip in $(cat "$seen/stdout")"
run compare same.npy mixed.npy
is 'a batch, each in its way: where' 'where      rows 23..39, cols 17..32' "$(grep ^where "$seen/stdout")"
! grep -q '^slip' "$seen/stdout" || fail "a batch, each in its way: a slip in $(cat "$seen/stdout")"
for other in back up; do
    run compare same.npy $other.npy
    is "a batch, $other: status" 1 $status
done
is 'a batch, up and down: where' 'where      rows 21..38, cols 17..31' "$(grep ^where "$seen/stdout")"
run compare mixed.npy same.npy --json -o both.png
is 'a batch, JSON: status' 1 $status

finish
