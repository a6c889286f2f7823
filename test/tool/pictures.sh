# SPDX-License-Identifier: Apache-2.0
# Pictures: plain maps, colour maps, maps over photographs; and photographs: what is read, what is refused, what is cut out.
. "$(dirname "$0")/common.sh"
header() { od -A n -t u1 -j 16 -N 10 "$1" | tr -s ' \n' ' ' | sed 's/^ //; s/ $//'; } # width, height, bits, colour type
pixels() { crop_size=$2 && works crop "$1" --rule stretch --input "$crop_size" -o "$3"; } # of a PNG, as uint8 [3][rows][cols]
part() { dd if="$1" bs=1 skip=$((128 + $2)) count="$3" 2>/dev/null; }

# ------------------------------------------------------------------------------------------------------------------- raw
works encode -o raw.png --raw
is 'raw: a pixel a sample, 8 bits, grey' '0 0 0 48 0 0 0 64 8 0' "$(header raw.png)"
works encode --depth 8u -o map.npy
pixels raw.png 64x48 back.npy
part back.npy 0 3072 >"$in/red" && part back.npy 6144 3072 >"$in/blue" && part map.npy 0 3072 >"$in/map"
same "$in/red" "$in/map" # the tutorial's peak is 255: a grey level is a value, rounded
same "$in/blue" "$in/map"
works encode -o deep.png --raw --bits 16
is 'raw, 16 bits' '0 0 0 48 0 0 0 64 16 0' "$(header deep.png)"
works encode --convention udp --point 10,10 -o one.png --raw # 0..peak, whatever the peak is
works encode --convention udp --point 10,10 --peak 7 -o seven.png --raw
same one.png seven.png
for options in '--norm kernel' '--norm none --method blur' '--norm max --method blur' '--norm kernel --point nan,nan --quiet'; do
    case $draws:$options in false:*blur*) continue ;; esac
    # shellcheck disable=SC2086 # words
    works encode $options --raw -o raw.png
done
works encode --convention density --point 10,10 -o density.png --raw # norm sum: 0..the largest value
pixels density.png 64x48 back.npy
is 'density: white at its peak' 255 "$(od -A n -t u1 -j $((128 + 10 * 48 + 10)) -N 1 back.npy | tr -d ' ')"

if ! $draws; then
    rm -f ./*
    refuse 'this cvheatmap was built without OpenCV, which draws its pictures; *' encode -o a.png
    refuse "--colormap is 'jet'; it must be one of grey" encode -o a.png --raw --colormap jet
else
    for map in hot jet viridis turbo magma; do
        works encode -o $map.png --raw --colormap $map
        is "$map: RGB" '0 0 0 48 0 0 0 64 8 2' "$(header $map.png)"
    done
    pixels hot.png 64x48 back.npy
    is 'hot: white at the peak, black beside' '255 0' "$(od -A n -t u1 -j $((128 + 32 * 48 + 24)) -N 1 back.npy | tr -d ' ') $(od -A n -t u1 -j 128 -N 1 back.npy | tr -d ' ')"
    cmp -s hot.png jet.png && fail 'hot and jet are one'

    # ------------------------------------------------------------------------------------------------ over a photograph
    works encode --size 256x192 --sigma 60 --point 96,128 -o "$in/photo.png" --raw
    works encode --over "$in/photo.png" --input 256x192 --point 40,200 --convention udp -o over.png
    is 'over: as large as the photograph' '0 0 0 192 0 0 1 0 8 2' "$(header over.png)"
    pixels over.png 256x192 over.npy
    pixels "$in/photo.png" 256x192 photo.npy
    at() { od -A n -t u1 -j $((128 + $2 * 49152 + $4 * 192 + $3)) -N 1 "$1" | tr -d ' '; } # at FILE CHANNEL X Y
    is 'over: the photograph far away' "$(at photo.npy 0 150 60)" "$(at over.npy 0 150 60)"
    [ "$(at over.npy 0 44 204)" -gt $(($(at photo.npy 0 44 204) + 50)) ] || fail "over: no red near the keypoint: $(at over.npy 0 44 204)"
    works encode --over "$in/photo.png" --input 256x192 --point 40,200 --convention udp --alpha 0 -o clear.png
    pixels clear.png 256x192 clear.npy
    is 'over, alpha 0: the photograph, but for the mark' "$(at photo.npy 0 44 204)" "$(at clear.npy 0 44 204)"
    # decode: framed, plain, and over a photograph with a box.
    works encode --convention udp --point 40,60 --input 256x192 -o udp.npy
    run decode udp.npy --convention udp --input 256x192 -o framed.png
    is 'decode -o: status' 0 $status
    run decode udp.npy --over "$in/photo.png" -o over.png --alpha 1 --colormap grey
    is 'decode --over, no box: status' 0 $status
    "$TOOL_TEST_HELPER" change add udp.npy minus.npy -3 || fail 'change'
    for options in --raw "--over $in/photo.png" "--over $in/photo.png --input 256x192"; do
        # shellcheck disable=SC2086 # words
        run decode minus.npy --quiet -o minus.png $options
        is "below 0, $options: status" 0 $status
    done
    works encode --over "$in/photo.png" --point 3,4 --point 40,80,1 --point nan,4,2 --point 80,4,3 --point -9,4,4 --point 4,-9,5 --quiet -o marks.png
    works encode --size 1200x30 --sigma 5 -o "$in/tall.png" --raw --quiet
    # Marks as the picture's size wants them; another shape than the maps'; another size than the file's.
    remarks "the maps are stretched over $in/tall.png, which is 1200x30: they are of 64x48, another shape" encode --over "$in/tall.png" --point 24,32 -o tall.png
    run decode udp.npy -o plain.png --raw
    is 'decode -o --raw' '0 0 0 48 0 0 0 64 8 0' "$(header plain.png)"
    run decode udp.npy --convention udp --box 20,20,60,80 --over "$in/photo.png" -o over.png --colormap turbo
    is 'decode --over: status' 0 $status
    is 'decode --over' '0 0 0 192 0 0 1 0 8 2' "$(header over.png)"
    printf '{"images":[{"id":1,"width":192,"height":256}],"annotations":[{"id":1,"image_id":1,"bbox":[20,20,60,80],"keypoints":[40,60,2]}]}' >"$in/one.json"
    works encode --coco "$in/one.json" --convention udp --over "$in/photo.png" -o person.png
    pixels person.png 256x192 person.npy
    run encode --coco "$in/one.json" --convention udp --over "$in/tall.png" -o wrong.png
    is '--over another photograph' "cvheatmap: --over $in/tall.png is 1200x30; the person's or image's photograph is 256x192" "$(cat "$seen/stderr")"
    is '--over another photograph: status' 2 $status
    [ "$(at person.npy 0 43 63)" -ne "$(at photo.npy 0 43 63)" ] || fail "over, a person: nothing near the keypoint"
    is "over, a person: the photograph beside the crop" "$(at photo.npy 0 180 250)" "$(at person.npy 0 180 250)"
fi

# ----------------------------------------------------------------------------------------------------------- photographs
rm -f ./*
"$CVHEATMAP" encode --size 256x192 --sigma 60 --point 96,128 -o "$in/photo.png" --raw || fail 'photo.png'
works crop "$in/photo.png" --rule hrnet --input 256x192 --box 30,40,90,120 -o box.npy
is 'crop: planes' "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 256, 192), }" "$(npy_header box.npy)"
works crop "$in/photo.png" --rule hrnet --input 256x192 --box 30,40,90,120 -o box.png
pixels box.png 256x192 back.npy
same box.npy back.npy
run crop "$in/photo.png" --rule hrnet --input 256x192 --box 30,40,90,120 -o box.png --json
# 120 * 1.25 = 150 high, 112.5 wide: 192/112.5 = 1.70667; the centre 75,100 in the middle of the input.
is 'crop --json' '1.7066666666666668 0.0 -32.0' "$(sed -n '/to_input/{n;n;s/,//;p;n;s/,//;p;n;p}' "$seen/stdout" | tr -s ' \n' ' ' | sed 's/^ //; s/ $//; s/-3[12]\.[0-9]*/-32.0/; s/-0\.0/0.0/')"
run crop --rules x
is 'crop --rules' 17 "$(wc -l <"$seen/stdout" | tr -d ' ')"
"$TOOL_TEST_HELPER" jpeg "$in/photo.jpg" plain || fail 'jpeg'
for kind in little upright none short far no_exif; do
    "$TOOL_TEST_HELPER" jpeg "$in/$kind.jpg" $kind || fail "jpeg $kind"
    case $kind in
    little) refuse_turned=$in/$kind.jpg ;;
    *) works crop "$in/$kind.jpg" --rule stretch --input 32x48 -o grey.npy ;;
    esac
done
rm -f ./*
refuse "$refuse_turned is to be turned before it is seen (EXIF orientation 8); save it upright" crop "$refuse_turned" --rule stretch --input 8x8 -o a.npy
works crop "$in/photo.jpg" --rule stretch --input 32x48 -o grey.npy
for sample in 128 2000 4000; do # a grey of 128 throughout
    is 'JPEG' 128 "$(od -A n -t u1 -j $sample -N 1 grey.npy | tr -d ' ')"
done
# A bit a sample, and a palette of red and blue: 4 x 2 pixels, each side twice.
# shellcheck disable=SC2016 # bytes
printf '\211PNG\015\012\032\012\000\000\000\015IHDR\000\000\000\004\000\000\000\002\001\000\000\000\000W\323@\316\000\000\000\014IDATx\332cX\300\020\000\000\0024\000\361(\371a\223\000\000\000\000IEND\256B`\202' >"$in/bits.png"
# shellcheck disable=SC2016
printf '\211PNG\015\012\032\012\000\000\000\015IHDR\000\000\000\004\000\000\000\002\010\003\000\000\000Hv\215Q\000\000\000\006PLTE\377\000\000\000\000\377l\241\375\216\000\000\000\017IDATx\332c``dd`\000!\000\000\036\000\005\351\201\351\270\000\000\000\000IEND\256B`\202' >"$in/palette.png"
works crop "$in/bits.png" --rule stretch --input 2x4 -o bits.npy
works crop "$in/palette.png" --rule stretch --input 2x4 -o palette.npy
is 'a bit a sample' '255 0 255 0 0 255 0 255' "$(od -A n -t u1 -j 128 -N 8 bits.npy | tr -s ' ' | sed 's/^ //; s/ $//')"
is 'a palette: red, blue, blue, red' '255 0 0 255 0 255 255 0' "$(od -A n -t u1 -j 128 -N 4 palette.npy | tr -s ' ' | sed 's/^ //; s/ $//') $(od -A n -t u1 -j 144 -N 4 palette.npy | tr -s ' ' | sed 's/^ //; s/ $//')"
rm -f ./*
for kind in cmyk turned; do "$TOOL_TEST_HELPER" jpeg "$in/$kind.jpg" $kind || fail "jpeg $kind"; done
refuse "$in/cmyk.jpg is CMYK; convert it to RGB" crop "$in/cmyk.jpg" --rule stretch --input 8x8 -o a.npy
refuse "$in/turned.jpg is to be turned before it is seen (EXIF orientation 6); save it upright" crop "$in/turned.jpg" --rule stretch --input 8x8 -o a.npy
# PNG has EXIF in a chunk before the pixels, or behind them: 2 x 1 pixels, orientations 6, 8 and 1.
head='\211PNG\015\012\032\012\000\000\000\015IHDR\000\000\000\002\000\000\000\001\010\000\000\000\000\321I V'
exif='\000\000\000\032eXIfMM\000*\000\000\000\010\000\001\001\022\000\003\000\000\000\001\000'
data='\000\000\000\013IDATx\234c\020P\000\000\000C\0001\352\335\263\315'
end='\000\000\000\000IEND\256B`\202'
# shellcheck disable=SC2059 # bytes
printf "$head$exif\006\000\000\000\000\000\000\326gKi$data$end" >"$in/before.png"
# shellcheck disable=SC2059
printf "$head$data$exif\010\000\000\000\000\000\000\206X04$end" >"$in/behind.png"
# shellcheck disable=SC2059
printf "$head$exif\001\000\000\000\000\000\000\023\300u\347$data$end" >"$in/straight.png"
turned='is to be turned before it is seen (EXIF orientation'
refuse "$in/before.png $turned 6); save it upright" crop "$in/before.png" --rule stretch --input 8x8 -o a.npy
refuse "$in/behind.png $turned 8); save it upright" crop "$in/behind.png" --rule stretch --input 8x8 -o a.npy
works crop "$in/straight.png" --rule stretch --input 1x2 -o a.npy
rm a.npy
"$TOOL_TEST_HELPER" jpeg "$in/wide.jpg" wide || fail 'jpeg wide'
refuse "$in/wide.jpg is 1x40000; each side must be 1..32768" crop "$in/wide.jpg" --rule stretch --input 8x8 -o a.npy
size=$(wc -c <"$in/photo.jpg")
for cut in 4 100 $((size / 2)) $((size - 30)); do
    dd if="$in/photo.jpg" of="$in/cut.jpg" bs=1 count=$cut 2>/dev/null
    refuse "$in/cut.jpg: libjpeg: *" crop "$in/cut.jpg" --rule stretch --input 8x8 -o a.npy
done

finish
