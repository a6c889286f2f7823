# SPDX-License-Identifier: Apache-2.0
# What decode prints.
. "$(dirname "$0")/common.sh"

remarks '2 of 3 keypoints drawn; 1 not labelled' encode -o maps.npy --point 24,32 --point 10,20,1 --point nan,nan,2
run decode maps.npy
is 'status' 0 $status
is 'header' 'map,x,y,score,found,sigma_x,sigma_y' "$(sed -n 1p "$seen/stdout")"
is 'map 0' '0,24,32,255,refined' "$(sed -n 2p "$seen/stdout" | cut -d, -f1-5)"
is 'map 1' '1,10,20,255,refined' "$(sed -n 3p "$seen/stdout" | cut -d, -f1-5)"
is 'lines' 4 "$(wc -l <"$seen/stdout" | tr -d ' ')"
# Its output is input again.
sed '$d' "$seen/stdout" >"$in/points.csv"
works encode --quiet -o twice.npy --points "$in/points.csv" --point nan,nan,2
same maps.npy twice.npy

works encode -o one.npy --point 24,32
run decode one.npy --input 256x192
is '--input' '0,96,128,255,refined' "$(sed -n 2p "$seen/stdout" | cut -d, -f1-5)"
is 'the widths are heatmap pixels' '2.00 2.00' "$(sed -n 2p "$seen/stdout" | awk -F, '{ printf "%.2f %.2f", $6, $7 }')"
# UDP clamps what it takes the logarithm of at 50, so that a map of 255 has a flat top.
prints 0 decode one.npy --input 256x192 --convention udp <<'EOF'
map,x,y,score,found,sigma_x,sigma_y
0,97.53191489361701,129.52380952380952,255,pixel_value,nan,nan
EOF
run decode one.npy --json
sed '/sigma_[xy]": [12]\./d; s/"found": "refined",/"found": "refined"/' "$seen/stdout" >"$in/json"
cat >"$in/expected" <<'EOF'
{
  "convention": null,
  "decoder": {
    "name": "default",
    "refine": "fit",
    "threshold": 0.0,
    "radius": 1,
    "margin": 0,
    "max_peaks": 0,
    "order": "score",
    "blur_ksize": 0.0,
    "blur_sigma": 0.0,
    "blur_border": "method",
    "guard": "none",
    "window": 0,
    "step": "checked",
    "max_step": 0.0,
    "shift": 0.0,
    "score": "peak",
    "score_scale": 1.0,
    "score_bias": 0.0,
    "enlarge": 1,
    "activation": "none",
    "outside": "method",
    "blur_search": 0,
    "gain": 0.0,
    "ties": "keep"
  },
  "sigma_x": 0.0,
  "sigma_y": 0.0,
  "crop": null,
  "peaks": [
    {
      "map": 0,
      "x": 24.0,
      "y": 32.0,
      "score": 255.0,
      "found": "refined"
    }
  ]
}
EOF
same "$in/json" "$in/expected"
works encode --quiet -o nothing.npy --point nan,nan --size 8x8
run decode nothing.npy --json --convention sleap
is 'an empty map: status' 0 $status
is 'an empty map is null in JSON' '"x": null,' "$(sed -n 's/^ *\("x": null,\)/\1/p' "$seen/stdout")"
prints 0 decode nothing.npy --convention sleap <<'EOF'
map,x,y,score,found,sigma_x,sigma_y
0,nan,nan,0,weak,nan,nan
EOF

# Sub-pixel: a Gaussian at a fraction comes back where it was drawn.
works encode -o fraction.npy --convention darkpose --point 20.25,30.75
run decode fraction.npy
is 'x' 20.25 "$(sed -n '2s/^0,\(20\.2[45][0-9]*\),.*/\1/p' "$seen/stdout" | cut -c 1-5 | sed 's/20.24/20.25/')"

# OpenPose searches maps that are enlarged to the input's size: what was drawn comes back within half an input pixel (on these
# points; test_decode_enlarge has the mean and the worst).
if $draws; then
    for point in 100.3,120.7 41,200 187.4,33.5; do
        works encode -o pose.npy --convention openpose --input 368x368 --size 46x46 --point $point
        run decode pose.npy --convention openpose --input 368x368
        is "openpose, $point: found" refined "$(sed -n 2p "$seen/stdout" | cut -d, -f5)"
        sed -n 2p "$seen/stdout" | awk -F, -v "point=$point" '{ split(point, at, ",");
            exit !($2 - at[1] < 0.5 && at[1] - $2 < 0.5 && $3 - at[2] < 0.5 && at[2] - $3 < 0.5) }' ||
            fail "openpose, $point comes back as $(sed -n 2p "$seen/stdout")"
    done
    run decode pose.npy --convention openpose --input 368x368 --json
    is 'openpose, --json: enlarge' '    "enlarge": 8,' "$(grep '"enlarge"' "$seen/stdout")"
fi

# All peaks: 40 of them on one map are more than the first guess of 16.
x=4
while [ $x -lt 64 ]; do
    y=4
    while [ $y -lt 64 ]; do
        printf '%d,%d\n' $x $y
        y=$((y + 8))
    done
    x=$((x + 8))
done >"$in/grid.csv"
works encode -o grid.npy --size 64x64 --points "$in/grid.csv" --sigma 1 --ksize 7
run decode grid.npy --peaks
is 'peaks: status' 0 $status
is 'peaks: lines' 65 "$(wc -l <"$seen/stdout" | tr -d ' ')"
run decode grid.npy --peaks --json
is 'peaks --json: status' 0 $status
is 'peaks --json' 64 "$(grep -c '"found": "refined"' "$seen/stdout")"

# ---------------------------------------------------------------------------------------------------------------- decoders
run decoders
is 'decoders: status' 0 $status
sed 1d "$seen/stdout" | sed 's/ .*//' >"$in/names"
[ "$(wc -l <"$in/names")" -ge 28 ] || fail "decoders: $(wc -l <"$in/names") names"
! grep -q unknown "$seen/stdout" || fail 'decoders: an enumerator without a name'
works encode -o one.npy --convention udp --point 20.25,30.75 --point 8,9,1
while read -r name; do
    run decoders "$name"
    is "decoders $name: status" 0 $status
    is "decoders $name: name" "$name" "$(sed -n 1p "$seen/stdout")"
    ! grep -q unknown "$seen/stdout" || fail "decoders $name: an enumerator without a name"
    if ! $draws && grep -q enlarged "$seen/stdout"; then
        run decode one.npy --decoder "$name"
        is "decode --decoder $name: status" 2 $status
        is "decode --decoder $name: said" 'cvheatmap: decoder: enlarge: cv::resize: built without OpenCV' "$(cat "$seen/stderr")"
        continue
    fi
    run decode one.npy --decoder "$name" --json
    is "decode --decoder $name: status" 0 $status
    is "decode --decoder $name: said" "    \"name\": \"$name\"," "$(grep '"name"' "$seen/stdout")"
done <"$in/names"
# What an option changes is what runs, and JSON says it.
run decode one.npy --decoder sleap_integral --threshold any --window 3 --shift 0.5 --score maximum --radius 2 --margin 1 --max-peaks 4 --peaks --json
is 'the options: status' 0 $status
for said in '"threshold": null' '"radius": 2' '"margin": 1' '"max_peaks": 4' '"window": 3' '"shift": 0.5' '"score": "maximum"'; do
    grep -q "$said" "$seen/stdout" || fail "the options: no $said in $(cat "$seen/stdout")"
done
run decode one.npy --decoder argmax --shift 0.5
is '--shift: the position' 20.5 "$(sed -n '2s/^0,\([^,]*\),.*/\1/p' "$seen/stdout")"
# A told sigma is a window of two of it, and at least 2 pixels.
for lengths in 2:4 2,3:6 0.3:2 90:32; do
    run decode one.npy --window "${lengths#*:}"
    cp "$seen/stdout" "$in/window"
    run decode one.npy --sigma "${lengths%:*}"
    same "$in/window" "$seen/stdout"
done
run decode one.npy --sigma 2,3 --json
for said in '"window": 6' '"sigma_x": 2.0' '"sigma_y": 3.0'; do grep -q "$said" "$seen/stdout" || fail "--sigma: no $said"; done
run decode one.npy --window 2
cmp -s "$in/window" "$seen/stdout" && fail '--window changes nothing'

# Batches: the image's number in a column of its own; offsets of batches, one for all, and in every order.
works encode --convention mmpose_combined --sigma 2 --point 20,30 --point 10,12,1 --layout nchw --offsets dx.npy,dy.npy -o batch.npy
run decode batch.npy --convention mmpose_combined --offsets dx.npy,dy.npy --json
is 'a batch: status' 0 $status
grep -q '"image": 0' "$seen/stdout" || fail 'a batch: JSON has no image'
run decode batch.npy --convention mmpose_combined --offsets dx.npy,dy.npy --peaks
is 'a batch of offsets, all peaks: status' 0 $status
works encode --convention mmpose_combined --sigma 2 --point 20,30 --offsets x.npy,y.npy -o map.npy
run decode map.npy --convention mmpose_combined --offsets x.npy,y.npy
cp "$seen/stdout" "$in/two"
{ dd if=x.npy bs=1 count=128 2>/dev/null | sed 's/(1, 64, 48), }/(2, 64, 48), }/'; dd if=y.npy bs=128 skip=1 2>/dev/null; dd if=x.npy bs=128 skip=1 2>/dev/null; } >yx.npy
for order in yx yyxx; do
    run decode map.npy --convention mmpose_combined --offsets yx.npy --offset-order $order
    same "$in/two" "$seen/stdout"
done
# No peaks at all; x in two files, one image in y; the people in a list of maps; JSON says which image.
run decode "nothing.npy" --peaks --threshold 1
is 'no peaks: status' 0 $status
is 'no peaks' 1 "$(wc -l <"$seen/stdout" | tr -d ' ')"
printf '{"annotations": [{"image_id": "a", "keypoints": [5,5,2, 7,7,2], "bbox": [0,0,9,9]}, {"keypoints": [5,5,0, 7,7,2], "bbox": [0,0,9,9]}]}' >"$in/two.json"
works encode --quiet --coco "$in/two.json" -o people.npy
run decode people.npy --coco "$in/two.json" --json
is 'people: instances in JSON' 4 "$(grep -c '"instance"' "$seen/stdout")"
run decode people.npy --coco "$in/two.json" --input 256x192 -o results.json
is 'results: no name for what has none' '"image_id":"a" "image_id":null' "$(grep -o '"image_id":[^,]*' results.json | paste -sd' ' -)"
grep -q '"keypoints":\[0.0,0.0,0.0,' results.json || fail "results: what is not found is 0,0,0: $(cat results.json)"
grep -q 'NaN\|nan' results.json && fail "results: NaN in $(cat results.json)"
rm results.json
mv ./*.npy "$in"
refuse "$in/x.npy holds 1 maps of offsets; 2 are wanted" decode "$in/map.npy" --offsets "$in/x.npy"
finish
