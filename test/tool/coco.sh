# SPDX-License-Identifier: Apache-2.0
# COCO files: counts, weights, the crop, and a real file where there is one (CVHEATMAP_COCO, or the data folder beside the
# source), on whose keypoints the round trip through encode and decode is measured.
. "$(dirname "$0")/common.sh"

# Two people of three keypoints among others. The first one's box has the input's aspect ratio of 3:4 and 1.25 * 96 = 120
# for the 192 pixels of the input's width: (x - 148) * 1.6 + 96 and (y - 164) * 1.6 + 128 in the input, a quarter on the map.
cat >"$in/two.json" <<'EOF'
{"annotations": [
  {"keypoints": [0,0,0, 0,0,0, 0,0,0]},
  {"keypoints": [148,164,2, 108,104,1, 9,9,0], "bbox": [100, 100, 96, 128]},
  {"keypoints": [5,5,0, 5,5,0, 5,5,0], "bbox": [100, 100, 96, 128]},
  {"keypoints": [0,0,0, 20,30,0, 148.0,4000,2], "bbox": [132, 100, 32, 128]}
]}
EOF
works encode --quiet --coco "$in/two.json" -o two.npy
is 'maps' "{'descr': '<f4', 'fortran_order': False, 'shape': (6, 64, 48), }" "$(npy_header two.npy)"
is 'weights' "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }" "$(npy_header two.weights.npy)"
is 'weights' '1 1 0 0 0 1' "$(floats two.weights.npy 0)"
works encode -o same.npy --point 24,32 --point 8,8,1 --point nan,nan,5 --quiet
same two.npy same.npy
works encode --quiet --coco "$in/two.json" --input 256x192 -o same.npy
same two.npy same.npy
works encode --quiet --coco "$in/two.json" --input 512x384 -o same.npy
same two.npy same.npy
# A convention that drops what is off the map gives it weight 0.
works encode --quiet --coco "$in/two.json" --convention hrnet -o msra.npy
is 'msra weights' '1 1 0 0 0 0' "$(floats msra.weights.npy 0)"
# UDP maps the box onto cols - 1 pixels of the input, and the input's corners onto the map's: the box's centre is the centre.
works encode --quiet --coco "$in/two.json" --convention udp -o udp.npy
works encode --convention udp --point 23.5,31.5 --point 7.833333333333336,7.875000000000000,1 --point nan,nan,5 -o same.npy --quiet
run compare udp.npy same.npy --atol 1e-6
is 'udp' 0 $status
# The larger side decides where the box has another shape: 132 + 16, 100 + 64, 128 high again.
works encode --quiet --coco "$in/two.json" -o two.png
run crosscheck --coco "$in/two.json" -o cross.png
is 'crosscheck --coco' 0 $status

# A panel each, in rows of 3, 4, 5 and 8; the second person's samples are the larger ones.
cat >"$in/off.json" <<'EOF'
{"annotations": [
  {"keypoints": [9000,9000,2], "bbox": [100, 100, 96, 128]},
  {"keypoints": [148,164,2], "bbox": [100, 100, 96, 128]}
]}
EOF
works encode --quiet --coco "$in/off.json" -o two.png
for count in 3 7 12 20; do
    "$TOOL_TEST_HELPER" people $count >"$in/panels.json"
    works encode --quiet --coco "$in/panels.json" -o panels.png
    is "$count people: signature" "$(printf '\211PNG')" "$(dd if=panels.png bs=1 count=4 2>/dev/null)"
done

# Any number of keypoints, and of people: each is what it is alone.
"$TOOL_TEST_HELPER" people 700 >"$in/many.json"
works encode --quiet --coco "$in/many.json" -o many.npy
is 'many' "{'descr': '<f4', 'fortran_order': False, 'shape': (11900, 64, 48), }" "$(npy_header many.npy)"
is 'many weights' "{'descr': '<f4', 'fortran_order': False, 'shape': (700, 17), }" "$(npy_header many.weights.npy)"
is 'many bytes' $((128 + 11900 * 64 * 48 * 4)) "$(wc -c <many.npy | tr -d ' ')"
run decode many.npy --input 256x192
cp "$seen/stdout" "$in/many.csv"
error=$("$TOOL_TEST_HELPER" error "$in/many.json" "$in/many.csv") || fail 'many: error'
is 'many: the mean error is that of rounding to the pixel, 4 * 0.3826 = 1.53 input pixels' 1.5 "${error%%[0-9][0-9][0-9][0-9][0-9] *}"

# Memory does not grow with the maps: 16 times the samples, and no more than 4 MB beside a slice.
"$TOOL_TEST_HELPER" people 4000 >"$in/crowd.json"
small=$("$TOOL_TEST_HELPER" peak "$CVHEATMAP" encode --quiet --coco "$in/crowd.json" --size 16x12 -o /dev/null)
large=$("$TOOL_TEST_HELPER" peak "$CVHEATMAP" encode --quiet --coco "$in/crowd.json" --size 64x48 -o /dev/null)
is "peak memory of 52 MB of maps and of 835 MB: $small and $large kB" 1 $((large - small < 4096))

real=${CVHEATMAP_COCO:-$source/../../../shared/data/coco/test_coco.json}
if [ ! -r "$real" ]; then
    printf 'no COCO file at %s: its part is left out\n' "$real"
    finish
fi
works encode --quiet --coco "$real" -o real.npy
is 'real' "{'descr': '<f4', 'fortran_order': False, 'shape': (204, 64, 48), }" "$(npy_header real.npy)"
is 'real weights' "{'descr': '<f4', 'fortran_order': False, 'shape': (12, 17), }" "$(npy_header real.weights.npy)"
# The first person: its box is 280.79,44.73,218.7,346.68 and its nose 367,81, which HRNet's crop brings to 20.58,11.76 on the
# map: pixel 21,12.
is 'spot value' 255 "$(floats real.npy $((12 * 48 + 21)) 1)"
works encode --quiet --coco "$real" -o real.png
for convention in tutorial_patch hrnet mmpose_udp mmpose_dark; do
    works encode --quiet --coco "$real" --convention $convention -o real.npy
    run decode real.npy --convention $convention --input 256x192
    is "decode --convention $convention" 0 $status
done
for convention in tutorial_patch mmpose_dark; do
    works encode --quiet --coco "$real" --convention $convention -o real.npy
    run decode real.npy --input 256x192
    cp "$seen/stdout" "$in/real.csv"
    error=$("$TOOL_TEST_HELPER" error "$real" "$in/real.csv") || fail "$convention: error"
    printf '%s, %s, default decoder: mean error and points: %s (pixels of a 256x192 input)\n' "$real" $convention "$error"
done

finish
