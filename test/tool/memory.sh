# SPDX-License-Identifier: Apache-2.0
# Memory that runs out: each allocation of a command fails in its turn, once. Then the program does what it does otherwise (not
# every allocation matters), or it ends with status 2, one line, nothing on stdout, and no file that is not whole.
. "$(dirname "$0")/common.sh"

# OpenCV's own words on a thread pool that found no memory are no line of ours.
OPENCV_LOG_LEVEL=SILENT
export OPENCV_LOG_LEVEL

# OpenCV 5 waits for ever where memory runs out in the middle of TBB's start (test/oom/oom.c): such a run is ended and counted.
patience='' waits=0
case $("$CVHEATMAP" --version) in *'OpenCV 5'*) patience='timeout 5' ;; esac

# starve ARGUMENTS...: in an empty folder, with the files that appear there as the result. Pictures make hundreds of
# allocations, most of them libpng's and OpenCV's: every `step`-th of them fails.
step=1
starve() {
    # OpenCV 5 draws text by a code of its own, which aborts or leaves words out where memory runs out: upstream, and no result of ours.
    case $patience:$* in
    timeout*.png*)
        printf '%s: left out, OpenCV 5 draws pictures otherwise without memory\n' "$*"
        return
        ;;
    esac
    rm -rf "${out:?}"/* "$in/whole"
    CVHEATMAP_COUNT_ALLOCATIONS=$seen/count
    export CVHEATMAP_COUNT_ALLOCATIONS
    run "$@"
    [ $status -lt 2 ] || fail "$*: exit status $status: $(cat "$seen/stderr")"
    whole=$status
    unset CVHEATMAP_COUNT_ALLOCATIONS
    cp "$seen/stdout" "$in/stdout"
    mkdir "$in/whole" && mv "$out"/* "$in/whole" 2>/dev/null
    all=$(cat "$seen/count")
    number=0 refused=0
    while [ $number -lt "$all" ]; do
        number=$((number + step))
        # shellcheck disable=SC2086 # two words or none
        CVHEATMAP_FAIL_ALLOCATION=$number $patience "$CVHEATMAP" "$@" >"$seen/stdout" 2>"$seen/stderr"
        starved=$?
        cases=$((cases + 1))
        if [ -n "$patience" ] && [ $starved -eq 124 ]; then
            waits=$((waits + 1))
            [ $waits -le 40 ] || fail "$*: it waits for ever in $waits runs"
        elif [ $starved -eq 2 ]; then
            refused=$((refused + 1))
            [ ! -s "$seen/stdout" ] || fail "$*: allocation $number: something on stdout"
            # shellcheck disable=SC2045 # names of ours
            for file in $(ls -A "$out"); do # a picture may be finished before the report fails
                cmp -s "$out/$file" "$in/whole/$file" || fail "$*: allocation $number: left a broken $file"
            done
            case $(cat "$seen/stderr") in
            *'
'*) fail "$*: allocation $number: more than one line: $(cat "$seen/stderr")" ;;
            'cvheatmap: '*[Mm]emory* | 'cvheatmap: OpenCV: '* | 'cvheatmap: '*'Cannot allocate'* | 'cvheatmap: '*' bytes'*) ;;
            *) fail "$*: allocation $number: stderr is: $(cat "$seen/stderr")" ;;
            esac
        else
            [ $starved -eq $whole ] || fail "$*: allocation $number: exit status $starved: $(cat "$seen/stderr")"
            cmp -s "$seen/stdout" "$in/stdout" || fail "$*: allocation $number: another text on stdout"
            [ ! -s "$seen/stderr" ] || fail "$*: allocation $number: stderr is: $(cat "$seen/stderr")"
            diff -r "$out" "$in/whole" >/dev/null || fail "$*: allocation $number: another file"
        fi
        rm -rf "${out:?}"/* "$out"/*.??????
    done
    printf '%s: %d of %d allocations end the run; OpenCV waited for ever in %d so far\n' "$*" $refused "$all" $waits
}

cat >"$in/two.json" <<'END'
{"annotations": [{"keypoints": [148,164,2, 9,9,0], "bbox": [100, 100, 96, 128]},
                 {"keypoints": [20,30,0, 148.0,40,2], "bbox": [132, 100, 32, 128]}]}
END
printf '0,1,2\n3,4,1\n5,6,0\n' >"$in/points.csv"
"$CVHEATMAP" encode --size 8x6 --point 3,4 -o "$in/a.npy" || fail encode
"$CVHEATMAP" encode --size 8x6 --point 2,4 -o "$in/b.npy" || fail encode

starve encode --size 48x48 -o out.npy
starve encode --size 8x6 --points "$in/points.csv" -o out.npy
starve encode --size 8x6 --point 3,4,1 --point 1,2 -o out.png
starve encode --quiet --size 8x6 --coco "$in/two.json" -o out.npy
step=7
starve encode --quiet --size 8x6 --coco "$in/two.json" -o out.png
step=1
step=7
starve crosscheck --quiet --size 20x20 --coco "$in/two.json" --json -o out.png
step=1
starve crosscheck --size 20x20 --point 3,4
step=7
starve crosscheck --size 3x2048 --point 1000,1 --sigma 200 --ksize 1401,5 --atol 1 -o out.png
step=1
step=7
starve compare "$in/a.npy" "$in/b.npy" --json -o out.png
step=1
starve compare "$in/a.npy" "$in/a.npy"
cp "$in/a.npy" "$in/$(printf '\377').npy"
starve compare "$in/$(printf '\377').npy" "$in/a.npy" --json
starve decode "$in/a.npy" --json
starve decode "$in/a.npy" --peaks --convention udp
for convention in $("$CVHEATMAP" conventions | awk '/second_peak|udp/ { print $1 }'); do
    starve decode "$in/a.npy" --convention "$convention"
    starve decode "$in/a.npy" --peaks --convention "$convention"
done
starve conventions udp
starve decoders udp
printf 'frame;x;y;joint;weight;sigma\n2;1,5;2;nose;0,5;1\n1;3;4;ear;1;2\n1;3;4;"nose";1;2\n' >"$in/frames.csv"
starve encode --size 8x6 --points "$in/frames.csv" --norm none -o out.npy --people
printf 'scorer,me,me,me\nbodyparts,head,head,tail\ncoords,x,y,x\n"a b",1,2,3\nb,2,3,4\n' >"$in/wide.csv"
starve encode --size 8x6 --points "$in/wide.csv" -o out.npy --json
step=7
starve encode --size 8x6 --points "$in/wide.csv" -o out.png
step=1
cat >"$in/boxes.json" <<'END'
{"images": [{"id": 1, "width": 32, "height": 24, "file_name": "a.jpg"}], "categories": [{"id": 1, "name": "a"}, {"id": 2, "name": "b"}],
 "annotations": [{"image_id": 1, "category_id": 2, "bbox": [3, 4, 9, 9]}, {"image_id": 1, "category_id": 1, "bbox": [3, 4, 20, 9]}]}
END
starve encode --size 8x6 --coco "$in/boxes.json" --boxes --convention centernet --background --layout nhwc -o out.npy

cat >"$in/cropped.json" <<'END'
{"images": [{"id": 1, "width": 320, "height": 240, "file_name": "a.jpg"}], "categories": [{"id": 1, "name": "a", "keypoints": ["nose"]}],
 "annotations": [{"image_id": 1, "category_id": 1, "bbox": [3, 4, 90, 120], "keypoints": [20, 30, 2]}, {"image_id": 1, "category_id": 1, "keypoints": [20, 30, 2]}]}
END
starve encode --quiet --coco "$in/cropped.json" --convention simcc_mmpose --input 16x12 -o x.npy,y.npy
starve encode --quiet --coco "$in/cropped.json" --category a --size 8x6 -o out.npy --people
starve encode --convention mmpose_combined --sigma 1 --size 8x6 --point 3,4 --offsets dx.npy,dy.npy -o out.npy
starve encode --size 8x6 --point 3,4 --depth 8u -o out.npy
starve encode --size 8x6 --point 3,4 --raw -o out.png
"$CVHEATMAP" encode --quiet --coco "$in/cropped.json" --convention udp --size 8x6 -o "$in/cropped.npy" || fail encode
"$CVHEATMAP" encode --quiet --convention simcc_mmpose --input 16x12 --point 3,4 -o "$in/x.npy,$in/y.npy" || fail encode
"$CVHEATMAP" encode --quiet --convention mmpose_combined --sigma 1 --size 8x6 --point 3,4 --offsets "$in/dx.npy,$in/dy.npy" -o "$in/o.npy" || fail encode
# shellcheck disable=SC2015 # fails where either does
"$CVHEATMAP" encode --quiet --size 8x6 --raw --point 3,4 -o "$in/photo.png" && "$TOOL_TEST_HELPER" jpeg "$in/photo.jpg" plain || fail photo
starve decode "$in/cropped.npy" --coco "$in/cropped.json" --convention udp -o out.json
starve decode "$in/x.npy" "$in/y.npy" --convention simcc_mmpose --json
starve decode "$in/o.npy" --convention mmpose_combined --offsets "$in/dx.npy,$in/dy.npy" --peaks
starve decode "$in/a.npy" -o out.png --raw
starve compare "$in/a.npy" "$in/b.npy" --sigmoid
starve crop "$in/photo.png" --rule hrnet --box 1,1,3,4 --input 8x6 -o out.npy --json
starve crop "$in/photo.jpg" --rule stretch --input 8x6 -o out.png
printf 'a.x,a.y\n1,2\n3,4\n' >"$in/rows.csv"
starve crosscheck --size 8x6 --points "$in/rows.csv" --keep kept
starve encode --size 8x6 --sigma 1 --points "$in/points.csv" --people --json -o out.npy
starve encode --size 8x6 --depth 64f --scale 2 --zero 1 --point 3,4 -o out.npy
awk 'BEGIN { print "frame,joint,x,y,sigma"; for (i = 0; i < 150; i++) printf "%d,%c,2,%d,1\n", i / 70, 97 + i % 3, i % 4 }' >"$in/sorted.csv"
starve encode --size 4x4 --points "$in/sorted.csv" -o out.npy --people
awk 'BEGIN { print "frame,x,y,sigma"; for (i = 0; i < 150; i++) printf "%d,2,%d,1\n", i % 2, i % 4 }' >"$in/unsorted.csv"
starve encode --size 4x4 --points "$in/unsorted.csv" -o out.npy --people
awk 'BEGIN { for (i = 0; i < 70; i++) printf "frame%d,%d,2\n", i, i % 4 }' | sed '1i\
frame,x,y' >"$in/grow.csv"
starve encode --size 4x4 --points "$in/grow.csv" -o out.npy
printf 'a.x,a.y,b.x,b.y,b.v\n1,2,3,3,1\n' >"$in/pairs.csv"
starve encode --size 4x4 --points "$in/pairs.csv" --convention hrnet --sigma 1 --json -o out.npy
step=5
starve encode --size 8x6 --raw --colormap jet -o out.png --point 3,4
starve encode --size 8x6 --over "$in/photo.png" -o out.png --point 3,4
starve decode "$in/a.npy" -o out.png
step=1
finish
