# SPDX-License-Identifier: Apache-2.0
# What the program refuses: one line that names the argument, its value and what it may be; exit status 2; no file.
. "$(dirname "$0")/common.sh"

# ------------------------------------------------------------------------------------------------------------ command line
refuse 'no command; see cvheatmap --help'
refuse "'draw' is no command; it is one of crop, encode, decode, crosscheck, compare, conventions, decoders, help" draw
refuse "'draw' is no command; *" help draw
refuse 'help takes one COMMAND or none, not 2' help encode decode
for command in encode crop crosscheck compare decode conventions decoders; do
    refuse "$command: unknown option '--frob'; see cvheatmap $command --help" $command --frob
    refuse "$command: unknown option '-x'; see cvheatmap $command --help" $command -x
done
refuse 'encode: -o OUT.npy or -o OUT.png is missing; see cvheatmap encode --help' encode
refuse 'encode: --point needs a value; see cvheatmap encode --help' encode -o a.npy --point
refuse "encode: 'more' is no option; see cvheatmap encode --help" encode -o a.npy more
refuse "crosscheck: 'more' is no option; see cvheatmap crosscheck --help" crosscheck more
refuse "crosscheck: unknown option '--method'; see cvheatmap crosscheck --help" crosscheck --method patch
refuse "-o is 'a.jpg'; its name must end in .npy or .png" encode -o a.jpg
refuse "-o is '.npy'; its name must end in .npy or .png" encode -o .npy
refuse "-o is given twice: 'a.npy' and 'b.npy'" encode -o a.npy -o b.npy
refuse "-o is 'a.npy'; this command writes a picture, whose name must end in .png" crosscheck -o a.npy
refuse "--convention is given twice: 'udp' and 'msra'" encode --convention udp --convention msra -o a.npy
refuse 'compare takes two files, EXPECTED.npy and ACTUAL.npy, not 1; see cvheatmap compare --help' compare a.npy
refuse 'compare takes two files, EXPECTED.npy and ACTUAL.npy, not 3; see cvheatmap compare --help' compare a b c
refuse 'decode takes one file, MAPS.npy, or with a SimCC convention two, X.npy and Y.npy, not 0; see cvheatmap decode --help' decode
refuse 'conventions takes one NAME or none, not 2' conventions udp msra
refuse 'no convention is named "mrsa"; near: *' conventions mrsa
refuse 'no SimCC is named "simcc_nope"; near: *' conventions simcc_nope
refuse "conventions: unknown option '-o'; see cvheatmap conventions --help" conventions udp -o table.npy
refuse 'no convention is named "mrsa"; near: *' encode --convention mrsa -o a.npy
refuse 'no convention is named ""*' encode --convention '' -o a.npy

for size in '' 64 64x 64x48x1 x48 0x48 64x0 -1x48 64x32769 6.4x48 64X48 ' 64x48' 64x48a 99999999999999999999x1; do
    refuse "--size is '$size'; it must be ROWSxCOLS, each 1..32768" encode -o a.npy --size "$size"
    refuse "--input is '$size'; it must be ROWSxCOLS, each 1..32768" encode -o a.npy --input "$size"
done
for point in '' 1 ',' '1,' ,1 '1,2,' 1,2,3,4 a,1 1,b 1,2,x 1,2,1.5 1,2,-1 1,2,268435456 '1 ,2' 1e999,2 1,-1e999 1,2,1e2 0x,1 ' 1,2' '1, 2' 1,2,-; do
    refuse "--point is '$point'; it must be X,Y or X,Y,MAP, MAP a whole number 0..268435455" encode -o a.npy --point "$point"
done
for value in '' x 1,2,3 1,x ',' 1e999 '1 '; do
    refuse "--sigma is '$value'; it must be a number, or two with a comma between" encode -o a.npy --sigma "$value"
    refuse "--ksize is '$value'; it must be a number, or two with a comma between" encode -o a.npy --ksize "$value"
done
for value in '' x 0 -1 nan 1e999 1,2; do
    refuse "--peak is '$value'; it must be a number > 0" encode -o a.npy --peak "$value"
done
refuse "--method is 'Patch'; it must be one of patch, blur" encode -o a.npy --method Patch
refuse "--border is 'wrap'; it must be one of method, constant, replicate, reflect, reflect_101" encode -o a.npy --border wrap
refuse "--overlap is ''; it must be one of max, replace, add, add_clamp" encode -o a.npy --overlap ''
refuse "--norm is '1'; it must be one of none, max, centre, kernel, sum" encode -o a.npy --norm 1
refuse "--depth is '32u'; it must be one of 32f, 64f, 16f, 8u, 8s, 16u, 16s" encode -o a.npy --depth 32u
refuse "--depth is '8u'; crosscheck draws in 32f and 64f" crosscheck --depth 8u
refuse '--sigmoid writes the scores of maps up to 1; --peak is 255' encode -o a.npy --sigmoid
for value in '' x 0 -1 nan inf; do refuse "--scale is '$value'; it must be a number > 0" encode -o a.npy --scale "$value"; done
for value in '' x nan inf; do refuse "--zero is '$value'; it must be a finite number" encode -o a.npy --zero "$value"; done
refuse "--layout is 'cwh'; it must be one of chw, hwc, nchw, nhwc" encode -o a.npy --layout cwh
refuse '--offsets goes with -o OUT.npy of 32f or 64f, *' encode -o a.npy --depth 8u --offsets dx.npy,dy.npy
refuse '--offsets goes with -o OUT.npy of 32f or 64f, *' encode -o a.npy --zero 1 --depth 64f --offsets dx.npy,dy.npy
refuse '--offsets goes with -o OUT.npy of 32f or 64f, *' encode -o a.npy --scale 2 --offsets dx.npy,dy.npy
refuse '--offsets goes with -o OUT.npy of 32f or 64f, *' encode -o a.npy --convention udp --sigmoid --offsets dx.npy,dy.npy
refuse '--offsets goes with -o OUT.npy of 32f or 64f, *' encode -o a.npy --convention udp --background --offsets dx.npy,dy.npy
refuse '--offsets goes with -o OUT.npy of 32f or 64f, *' encode -o a.png --raw --offsets dx.npy,dy.npy
refuse "--offsets is 'dx.npy'; it must be two files, DX.npy,DY.npy" encode -o a.npy --offsets dx.npy
refuse "--offsets is 'd.npy,d.npy'; it must be two files, DX.npy,DY.npy" encode -o a.npy --offsets d.npy,d.npy
refuse "--offsets is 'd.npy,e.npy,f.npy'; it must be two files, DX.npy,DY.npy" encode -o a.npy --offsets d.npy,e.npy,f.npy
# Two outputs that are one file, however it is spelled; the weights stand beside -o without being asked for.
for names in a.npy,d.npy d.npy,a.npy d.npy,./a.npy "d.npy,$PWD/a.npy" a.weights.npy,d.npy d.npy,./d.npy; do
    refuse "'*' is asked for twice; each output is a file of its own" encode -o a.npy --point 1,2 --offsets "$names"
done
for names in x.npy,x.npy x.npy,./x.npy x.npy,x.weights.npy; do
    refuse "'*' is asked for twice; each output is a file of its own" encode --convention simcc_mmpose --point 1,2 -o "$names"
done
refuse "-o is 'a.npy,b.npy,c.npy'; SimCC's vectors are two files, *" encode --convention simcc_mmpose --input 256x192 -o a.npy,b.npy,c.npy
refuse '--raw takes -o OUT.png' encode -o a.npy --raw
refuse '--raw is the map alone, *' encode -o a.png --raw --over a.jpg
for options in '--depth 8u' '--scale 2' '--zero 1' '--depth 64f --sigmoid --peak 1'; do
    # shellcheck disable=SC2086 # words
    refuse "a picture shows what is drawn, in 32f or 64f; --depth *, --scale, --zero and --sigmoid are of OUT.npy" encode -o a.png --raw $options
done
refuse '--bits takes --raw' encode -o a.png --bits 16
refuse "--bits is '12'; it must be 8 or 16" encode -o a.png --raw --bits 12
! $draws || refuse '--bits 16 is grey; a colour map has 8 bits' encode -o a.png --raw --bits 16 --colormap jet
refuse "--alpha is '2'; it must be a number 0..1" encode -o a.png --alpha 2
refuse '--alpha takes --over' encode -o a.png --alpha 1
printf 'GIF89a..' >"$in/a.gif"
! $draws || refuse 'cannot read absent.jpg: No such file or directory' encode -o a.png --over absent.jpg
! $draws || refuse "$in/a.gif is neither PNG nor JPEG; convert it to one of them" encode -o a.png --over "$in/a.gif"
refuse '--background is 1 - the largest of the other maps; --peak is 255, it must be 1' encode -o a.npy --background
for value in '' x -1 nan 1e999; do
    refuse "--atol is '$value'; it must be a number >= 0" crosscheck --atol "$value"
    refuse "--rtol is '$value'; it must be a number >= 0" crosscheck --rtol "$value"
done
for value in '' x -1 1.5 9223372036854775808; do
    refuse "--ulps is '$value'; it must be a whole number >= 0" crosscheck --ulps "$value"
done

# ---------------------------------------------------------------------------- what the library refuses, in its own words
for value in nan inf -1 1e300 1e-7; do refuse '*sigma_x is *' encode -o a.npy --sigma $value; done
for value in nan -3 4 1000000001 1.5; do refuse '*ksize_x is *' encode -o a.npy --ksize $value; done
for value in inf 1e31; do refuse '*peak is *' encode -o a.npy --peak $value; done
refuse "--point is '*'; it must be X,Y or X,Y,MAP, MAP a whole number 0..268435455" encode -o a.npy --point "1,$(printf '%0300d' 2)"
refuse '*input*' encode -o a.npy --convention udp --input 1x1
refuse '*ksize_x is inf*' encode -o a.npy --method blur --ksize inf
refuse '*overlap*' encode -o a.npy --method blur --overlap replace
refuse '*norm*' encode -o a.npy --method blur --norm sum
refuse '*border*' crosscheck --convention dark --border reflect
refuse '*sigma_x*' encode -o a.npy --convention kornia

# -------------------------------------------------------------------------------------------------------------------- CSV
csv() { # csv MESSAGE TEXT OPTIONS...: a file with this text (printf's escapes) is refused with FILE and this message
    what=$1
    # shellcheck disable=SC2059 # the text has escapes
    printf "$2" >"$in/points.csv"
    shift 2
    refuse "$in/points.csv:$what" encode -o a.npy --points "$in/points.csv" "$@"
}
csv '1: the file holds no keypoints' ''
csv '3: the file holds no keypoints' '\n\n'
csv '3: the file holds no keypoints' '# x,y\n# 1,2\n'
csv '2: the file holds no keypoints' 'x,y\n'
csv '2: the file holds no keypoints' 'nose.x,nose.y\n'
csv '1: 1 number a row and no header; *' '1\n'
csv '1: 5 numbers a row and no header; *' '1,2,0,4,5\n'
csv '2: 1 column; the first row has 2' '1,2\n3\n'
csv '2: 3 columns; the first row has 2' '1,2\n3,4,5\n'
csv "2: y must be a number, not 'b'" '1,2\n3,b\n'
csv "2: y must be a number, not '1e999'" '1,1\n1,1e999\n'
csv "2: map must be a whole number 0..268435455, not '-1'" 'x,y,map\n1,2,-1\n'
csv "2: map must be a whole number 0..268435455, not '0.5'" 'x,y,map\n1,2,0.5\n'
csv "2: map must be a whole number 0..268435455, not ''" 'x,y,map\n1,2,\n'
csv "2: sigma_x must be a number 1e-6..1e6, not '-1'" 'x,y,sigma\n1,2,-1\n'
csv "2: weight must be a number 0..1e30, not '-1'" 'x,y,weight\n1,2,-1\n'
csv "2: y of nose must be a number, not 'b'" 'nose.x,nose.y\n1,b\n'
csv '1: no x and y among the columns: x, map. *' 'x,map\n1,0\n'
csv '1: no x and y among the columns: left, top. *--column-x NAME and --column-y NAME*' 'left,top\n1,0\n'
csv "1: no columns 'left' and 'bottom'; the header names: left, top" 'left,top\n1,0\n' --column-x left --column-y bottom
csv "1: column 3, 'x', is a second 'x'" 'x,y,x\n1,2,3\n'
csv '1: both a peak and a weight are given; *' 'x,y,peak,weight\n1,2,3,4\n'
csv '1: --boxes wants the columns x, y, w, h: *' 'x,y\n1,2\n' --boxes --convention centernet
csv '1: --whole-image takes a table with a row a keypoint *' 'a.x,a.y\n1,2\n' --whole-image
csv '1: a zero byte is no text' '1\0,2\n'
csv "2: x must be a number with a point, since its comma may stand before thousands, not '1,034'" 'x,y\n"1,034",20\n'
csv "2: y of nose must be a number with a point, *, not '-12,345'" 'nose.x,nose.y\n1,"-12,345"\n'
csv "2: x must be a number, not '1,034,500'" 'x,y\n"1,034,500",20\n'
csv '2: the file ends inside quotes that this row opens' 'x,y\n"1,2\n'
csv '1: no table but JSON; --coco reads COCO keypoint files' '{\n'
csv '1: no table: a zip archive*save the sheet as CSV' 'PK\003\004'
csv '1: no table: HDF5*' '\211HDF\r\n'
csv '1: no table: UTF-16; save it as UTF-8' '\377\376x\0'
csv '3: DeepLabCut'"'"'s header has a row "coords" *' 'scorer,me,me\nbodyparts,head,head\n1,2\n'
{ dd if=/dev/zero bs=1024 count=64 2>/dev/null | tr '\0' 1; } >"$in/points.csv"
refuse "$in/points.csv:1: no x and y among the columns: 1111*" encode -o a.npy --points "$in/points.csv"
printf 'a.x,a.y\n1,2\n' >"$in/wide.csv"
refuse "$in/wide.csv holds an instance a row; it can be drawn alone, *" encode -o a.npy --points "$in/wide.csv" --point 1,2
for value in '' 1 x,1 nan,1; do refuse "--absent is '$value'; it must be X,Y" encode -o a.npy --absent "$value"; done
refuse "--min-score is 'x'; it must be a number" encode -o a.npy --min-score x
refuse "cannot read $in/absent.csv: No such file or directory" encode -o a.npy --points "$in/absent.csv"
refuse "cannot read $in: Is a directory" encode -o a.npy --points "$in"
newline='
'
refuse "cannot read a\\\\nb: No such file or directory" encode -o a.npy --points "a${newline}b"
escape=$(printf '\033')
refuse 'cannot read a\\x1b[2Jb: No such file or directory' encode -o a.npy --points "a${escape}[2Jb"

# ------------------------------------------------------------------------------------------------------------------- COCO
json() { # json MESSAGE TEXT
    printf '%s' "$2" >"$in/people.json"
    what=$in/people.json$1
    shift 2
    refuse "$what" encode -o a.npy --coco "$in/people.json" "$@"
}
person() { # person MESSAGE TEXT: one annotation
    json ": annotations?0?$1" "{\"annotations\": [$2]}" --strict
}
good='{"keypoints": [1,2,2], "bbox": [0,0,9,9]}'
json ":1:0: '[' or '{' expected near end of file" ''
json ":1:1: string or '}' expected near end of file" '{'
json ': XML; export the annotations as COCO keypoints, which is JSON' '<?xml version="1.0"?><annotations/>'
printf 'PK\003\004' >"$in/people.json"
refuse "$in/people.json: a zip archive; *" encode -o a.npy --coco "$in/people.json"
printf '\377\376{' >"$in/people.json"
refuse "$in/people.json: UTF-16; *" encode -o a.npy --coco "$in/people.json"
json ':1:37: real number overflow near*' '{"annotations": [{"keypoints": [1e999,2,2], "bbox": [0,0,9,9]}]}'
json ':1:*: too big integer near*' '{"annotations": [99999999999999999999]}'
json ': annotations must be an array' '{"annotations": NaN}'
json ':1:*: invalid token near*' '{"annotations": Nan}'
json ':1:*: invalid token near*' '{"annotations": -Inf}'
json ':2:12: unexpected newline near*' "{
\"annotations${newline}\": []}"
json ": a list; COCO keypoints are an object with \"annotations\"" '[]'
json ': a list of COCO results (detections); annotations are wanted: *' '[{"image_id": 1, "keypoints": [1,2,2], "score": 1}]'
json ": Label Studio's own JSON; export it as COCO there*" '[{"data": {}, "annotations": []}]'
json ": labelme's JSON of one picture; *" '{"shapes": [], "imagePath": "a.jpg"}'
json ": OpenPose's JSON of one picture; *" '{"version": 1.3, "people": []}'
json ': annotations must be an array' '{}'
json ': annotations must be an array' '{"annotations": {"keypoints": []}}'
json ': annotations: none has a labelled keypoint (v > 0)' '{"annotations": []}'
json ': annotations: none has a labelled keypoint (v > 0) and a box; the first that was skipped: annotations?0? has no labelled keypoint' \
    '{"annotations": [{"keypoints": [1,2,0]}]}'
json ': annotations: none has a labelled keypoint (v > 0) and a box; the first that was skipped: annotations?0?.bbox has no extent' \
    '{"annotations": [{"keypoints": [1,2,2], "bbox": [0,0,0,0]}]}'
json ": no category is named 'cow' or has that id" "{\"annotations\": [$good]}" --category cow
json ': annotations?0?.keypoints is a list of lists; *' '{"annotations": [{"keypoints": [[1,2,2]], "bbox": [0,0,9,9]}]}'
person ' must be an object' '3'
person '.keypoints must be an array' '{"bbox": [0,0,9,9]}'
person '.keypoints must be an array' '{"keypoints": {"x": 1}}'
person '.keypoints must hold x, y, v for each keypoint; its length is no multiple of 3' '{"keypoints": [1,2], "bbox": [0,0,9,9]}'
person '.keypoints?1? must be a number' '{"keypoints": [1,"2",2], "bbox": [0,0,9,9]}'
person '.keypoints?2? must be a number' '{"keypoints": [1,2,true], "bbox": [0,0,9,9]}'
person '.bbox must be an array of 4 numbers: x, y, width, height' '{"keypoints": [1,2,2]}'
person '.bbox must be an array of 4 numbers: x, y, width, height' '{"keypoints": [1,2,2], "bbox": [0,0,9]}'
person '.bbox must be an array of 4 numbers: x, y, width, height' '{"keypoints": [1,2,2], "bbox": [0,0,9,NaN]}'
person '.bbox?3? must be a number' '{"keypoints": [1,2,2], "bbox": [0,0,9,true]}'
person '.bbox has no extent; width and height must be >= 0, and one of them > 0' '{"keypoints": [1,2,2], "bbox": [3,3,0,0]}'
person '.bbox has no extent; width and height must be >= 0, and one of them > 0' '{"keypoints": [1,2,2], "bbox": [3,3,9,-1]}'
person '.bbox has no extent; width and height must be >= 0, and one of them > 0' '{"keypoints": [1,2,2], "bbox": [3,3,-1,9]}'
person '.bbox is out of range; its numbers must be within 1e9' '{"keypoints": [1,2,2], "bbox": [3,3,1e300,9]}'
json ': annotations?1? has 2 keypoints; the first person has 1. --category *' \
    "{\"annotations\": [$good, {\"keypoints\": [1,2,2,1,2,2], \"bbox\": [0,0,9,9]}]}"
# Hostile ones, each of which may take 10 seconds of the processor's time at most.
hasty() {
    printf '#!/bin/sh\nulimit -t 10\nexec "%s" "$@"\n' "$CVHEATMAP" >"$in/hasty"
    chmod +x "$in/hasty"
    patient=$CVHEATMAP CVHEATMAP=$in/hasty
}
hasty
"$TOOL_TEST_HELPER" nested 100000 >"$in/nested.json"
refuse "$in/nested.json:1:*: maximum parsing depth reached near*" encode -o a.npy --coco "$in/nested.json"
"$TOOL_TEST_HELPER" nested_objects 100000 >"$in/nested.json"
refuse "$in/nested.json:20[0-9][0-9]:*: maximum parsing depth reached near*" encode -o a.npy --coco "$in/nested.json"
{ printf '{"annotations":\n['; dd if=/dev/zero bs=1024 count=1024 2>/dev/null | tr '\0' 9; } >"$in/digits.json"
refuse "$in/digits.json:2:*: too big integer" encode -o a.npy --coco "$in/digits.json"
{ printf '{"annotations":\n["'; dd if=/dev/zero bs=1024 count=1024 2>/dev/null | tr '\0' x; } >"$in/text.json"
refuse "$in/text.json:2:*: premature end of input*" encode -o a.npy --coco "$in/text.json"
json ':3:*: real number overflow near*' "{\"annotations\": [{\"keypoints\":
[1,2,2], \"bbox\":
[0,0,-1e999,9]}]}"
CVHEATMAP=$patient
# The file's own name with a line end in it: the message is one line.
cp "$in/text.json" "$in/te${newline}xt.json"
refuse "$in/te\\\\nxt.json:2:*: premature end of input*" encode -o a.npy --coco "$in/te${newline}xt.json"
refuse "cannot read $in: Is a directory" encode -o a.npy --coco "$in"
refuse "cannot read $in/absent.json: No such file or directory" encode -o a.npy --coco "$in/absent.json"
printf '{"annotations": [%s]}' "$good" >"$in/people.json"
refuse '--coco and --point or --points are both given; only one of them can be drawn' \
    encode -o a.npy --coco "$in/people.json" --point 1,2
refuse '--size is 48x8193; 4 times that is no --input, which must be given' \
    encode -o a.npy --coco "$in/people.json" --size 48x8193
refuse '--size is 8193x48; 4 times that is no --input, which must be given' \
    encode -o a.npy --coco "$in/people.json" --size 8193x48
"$TOOL_TEST_HELPER" people 25 >"$in/crowd.json"
! $draws || refuse "there are 25 people; a picture shows at most 24, an .npy holds them all" encode -o a.png --coco "$in/crowd.json"

# ------------------------------------------------------------------------------------------------------------------- .npy
npy() { # npy HEADER BYTES: a file with this header text, format 1.0, and so many bytes of data is refused
    length=$(printf "%s" "$1" | wc -c)
    { printf '\223NUMPY\001\000'; printf "\\$(printf %03o $((length & 255)))\\$(printf %03o $((length >> 8)))%s" "$1"
      dd if=/dev/zero bs=1 count="$2" 2>/dev/null; } >"$in/maps.npy"
    refuse "$in/maps.npy*" decode "$in/maps.npy"
    refuse "$in/maps.npy*" compare "$in/maps.npy" "$in/maps.npy"
}
npy "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }" 15
npy "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }" 15
npy "{'descr': '>f4', 'fortran_order': False, 'shape': (2, 2), }" 15
npy "{'descr': '<i4', 'fortran_order': False, 'shape': (2, 2), }" 16
npy "{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }" 16
npy "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }" 16
npy "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 0, 2), }" 0
npy "{'descr': '<f4', 'shape': (2, 2)" 16
npy 'rubbish' 16
printf 'PK\003\004' >"$in/other.npy"
refuse "$in/other.npy*" decode "$in/other.npy"
: >"$in/empty.npy"
refuse "$in/empty.npy*" decode "$in/empty.npy"
refuse "*$in/absent.npy*" decode "$in/absent.npy"
refuse "*$in/absent.npy*" compare "$in/absent.npy" "$in/absent.npy"

# shellcheck disable=SC2015 # fails where either does
"$CVHEATMAP" encode --quiet -o "$in/small.npy" --size 8x8 && "$CVHEATMAP" encode --quiet -o "$in/wide.npy" --size 8x9 || fail 'encode'
refuse 'actual: cols is 9; it must be 8 as in expected' compare "$in/small.npy" "$in/wide.npy"
refuse 'no convention is named "mrsa"; near: *' decode "$in/small.npy" --convention mrsa
refuse '*input*' decode "$in/small.npy" --convention udp --input 1x1
npy "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 40000), }" 160000

# ---------------------------------------------------------------------------------------------- what decode's options name
refuse "-o is 'table.npy'; its name must end in .png, or with --coco in .json" decode "$in/small.npy" -o table.npy
refuse '-o OUT.json writes COCO results of --coco, which names the people' decode "$in/small.npy" -o a.json
refuse '-o OUT.json writes one keypoint a map; --peaks finds any number' decode "$in/small.npy" --coco "$in/people.json" -o a.json --peaks
refuse '--colormap takes --raw or --over' encode -o a.png --colormap grey
refuse '--over takes -o OUT.png' encode -o a.npy --over a.jpg
for value in '' x -1 nan; do refuse "--alpha is '$value'; it must be a number 0..1" encode -o a.png --alpha "$value"; done
refuse '--raw takes -o OUT.png' decode "$in/small.npy" --raw
refuse "-o is 'x.png,y.npy'; SimCC's vectors are two files, X.npy,Y.npy" encode --convention simcc_mmpose -o x.png,y.npy
refuse "-o is 'x.npy,y.png'; SimCC's vectors are two files, X.npy,Y.npy" encode --convention simcc_mmpose -o x.npy,y.png
refuse '--input is 12x20000; its vectors would have more than 32768 bins' encode --convention simcc_mmpose --input 12x20000 -o x.npy,y.npy
refuse 'decoders takes one NAME or none, not 2' decoders fit udp
refuse 'no decoder is named "fti"; near: *' decoders fti
printf 'a.x,a.y\n1,2\n3,z\n' >"$in/late.csv"
! $draws || refuse "$in/late.csv:3: y of a must be a number, not 'z'" crosscheck --points "$in/late.csv"
refuse "$in/late.csv:3: y of a must be a number, not 'z'" encode --points "$in/late.csv" -o a.npy
! $draws || refuse 'cannot create absent/k-expected.npy: No such file or directory' crosscheck --keep absent/k
refuse '--rule takes --coco or --box' decode "$in/small.npy" --rule hrnet
refuse '--coco and --box are both given; *' decode "$in/small.npy" --coco a.json --box 1,2,3,4
for box in '' 1,2,3 1,2,3,4,5 1,2,3,4x 1,inf,3,4 1,2,inf,4 1,2,3,nan 1,2,3,-4 1,2,0,0 1,2,-3,4 1,2,3,x nan,2,3,4; do
    refuse "--box is '$box'; it must be X,Y,WIDTH,HEIGHT, width and height >= 0, and one of them > 0" decode "$in/small.npy" --box "$box"
done
refuse '*box*' decode "$in/small.npy" --box 1e300,2,3,4
refuse 'no crop rule is named "hrent"; near: *' decode "$in/small.npy" --box 1,2,3,4 --rule hrent
refuse 'no decoder is named "fti"; near: *' decode "$in/small.npy" --decoder fti
for value in '' x nan inf; do refuse "--threshold is '$value'; it must be one of any" decode "$in/small.npy" --threshold "$value"; done
refuse "--radius is '65'; it must be a whole number 1..64" decode "$in/small.npy" --radius 65
refuse "--margin is '-1'; it must be a whole number 0..32768" decode "$in/small.npy" --margin -1
refuse "--max-peaks is 'x'; it must be a whole number 0..2147483647" decode "$in/small.npy" --max-peaks x
refuse "--window is '33'; it must be a whole number 1..32" decode "$in/small.npy" --window 33
refuse "--shift is 'nan'; it must be a number" decode "$in/small.npy" --shift nan
refuse "--score is 'best'; it must be one of peak, maximum, rounded*" decode "$in/small.npy" --score best
refuse '--sigma has no meaning for the decoder argmax, which fits no Gaussian' decode "$in/small.npy" --decoder argmax --sigma 2
refuse '--sigma has no meaning for the decoder udp, which fits no Gaussian' decode "$in/small.npy" --convention udp --sigma 2
refuse '--window has no meaning for the decoder hrnet, which has none' decode "$in/small.npy" --convention hrnet --window 2
refuse '--sigma and --window are both given; each says how wide the window is' decode "$in/small.npy" --sigma 2 --window 3
refuse "--sigma is 0; a peak's width is above it" decode "$in/small.npy" --sigma 0
refuse '*sigma_x is nan*' decode "$in/small.npy" --sigma nan
for option in sigma window shift; do
    refuse "--$option has no meaning with --offsets, *" decode "$in/small.npy" --offsets "$in/small.npy,$in/small.npy" --$option 2
done
refuse "$in/small.npy has 3 sides; --layout nhwc takes four" decode "$in/small.npy" --layout nhwc
shaped() { # shaped SIDES BYTES: shaped.npy of zeros
    { printf '\223NUMPY\001\000\166\000%-117s\n' "{'descr': '|u1', 'fortran_order': False, 'shape': ($1), }"; dd if=/dev/zero bs="$2" count=1 2>/dev/null; } >"$in/shaped.npy"
}
shaped '8, 8' 64
refuse "$in/shaped.npy has 2 sides; --layout hwc takes three" decode "$in/shaped.npy" --layout hwc
shaped '32769, 2, 1' 65538
refuse "$in/shaped.npy: 32769 rows are more than 32768" decode "$in/shaped.npy" --layout hwc
shaped '1, 32769, 2, 1' 65538
refuse "$in/shaped.npy: 32769 rows are more than 32768" decode "$in/shaped.npy" --layout nhwc
refuse "--offset-order is 'x'; it must be one of xy, yx, xxyy, yyxx" decode "$in/small.npy" --offset-order x
refuse "$in/wide.npy holds 1 maps of offsets; 2 are wanted" decode "$in/small.npy" --offsets "$in/wide.npy"
printf '{"annotations": [%s, %s]}' "$good" "$good" >"$in/two.json"
printf '{"images": [{"id": 1, "width": 640, "height": 480}], "annotations": [{"image_id": 1, "keypoints": [1,2,2]}]}' >"$in/whole.json"
refuse 'an image is 480x640: the rule higherhrnet makes an input of *' decode "$in/small.npy" --coco "$in/whole.json" --whole-image --rule higherhrnet
refuse "$in/small.npy holds 1 maps; the 2 people of $in/two.json want 1 each" decode "$in/small.npy" --coco "$in/two.json"
refuse "$in/small.npy holds 1 maps; the 2 people of $in/two.json want 1 each" decode "$in/small.npy" --coco "$in/two.json"
refuse 'decode takes one file, MAPS.npy, or *, not 1; *' decode "$in/small.npy" --convention simcc_mmpose
refuse "-o is 'a.npy'; SimCC's vectors are two files, X.npy,Y.npy" encode --convention simcc_mmpose -o a.npy

"$CVHEATMAP" encode --quiet --convention simcc_mmpose --input 16x12 --point 3,4 --point 5,6,1 -o "$in/x.npy,$in/y.npy" || fail simcc
"$CVHEATMAP" encode --quiet --convention simcc_mmpose --input 16x12 --coco "$in/two.json" -o "$in/x2.npy,$in/y2.npy" || fail simcc
refuse '--sigma has no meaning for simcc_mmpose, which reads the largest bin' decode "$in/x.npy" "$in/y.npy" --convention simcc_mmpose --sigma 3
refuse 'X holds 1 vectors of 2 images, Y 2 of 1' decode "$in/x2.npy" "$in/y.npy" --convention simcc_mmpose
refuse 'there are 1 people, and vectors of 2 images' decode "$in/x2.npy" "$in/y2.npy" --convention simcc_mmpose --coco "$in/people.json"
refuse '*absent.npy*' decode "$in/absent.npy" "$in/y.npy" --convention simcc_mmpose
refuse 'no SimCC is named "simcc_mmpsoe"; near: *' decode "$in/x.npy" "$in/y.npy" --convention simcc_mmpsoe
refuse 'no SimCC is named "simcc_mmpsoe"; near: *' encode --convention simcc_mmpsoe -o x.npy,y.npy
refuse '--input is 20000x12; its vectors would have more than 32768 bins' encode --convention simcc_mmpose --input 20000x12 -o x.npy,y.npy
for options in '--ksize 3' '--peak 2' '--norm none' '--size 9x9' '--layout hwc' '--scale 2' '--people' '--background' '--raw' '--offsets dx.npy,dy.npy' '--boxes'; do
    # shellcheck disable=SC2086 # words
    refuse "${options%% *} has no meaning for SimCC's vectors" encode --convention simcc_mmpose $options -o x.npy,y.npy
done
refuse "--decoder is 'udp'; of SimCC's vectors it is fit, or the convention's own" decode "$in/x.npy" "$in/y.npy" --convention simcc_mmpose --decoder udp
for options in '--peaks' '--layout hwc' '--sigmoid' '--over a.png' '--offsets dx.npy,dy.npy' '--window 3'; do
    # shellcheck disable=SC2086
    refuse "${options%% *} has no meaning for SimCC's vectors" decode "$in/x.npy" "$in/y.npy" --convention simcc_mmpose $options
done
refuse "-o is 'a.json'; of SimCC's vectors it is OUT.json, COCO results of --coco" decode "$in/x.npy" "$in/y.npy" --convention simcc_mmpose -o a.json
refuse "-o is 'a.png'; of SimCC's vectors it is OUT.json, COCO results of --coco" decode "$in/x2.npy" "$in/y2.npy" --convention simcc_mmpose --coco "$in/two.json" -o a.png
for option in radius margin max-peaks; do refuse "--$option has no meaning without --peaks" decode "$in/small.npy" --$option 2; done
refuse '--offset-order has no meaning without --offsets' decode "$in/small.npy" --offset-order xy
refuse '--category takes --coco' decode "$in/small.npy" --category a
refuse '--whole-image takes --coco' decode "$in/small.npy" --box 1,2,3,4 --whole-image
refuse '--category takes --coco' encode --category a -o a.npy
refuse '--strict takes --coco' encode --strict -o a.npy
refuse '--column-x takes --points' encode --column-x a -o a.npy
refuse '--column-y takes --points' encode --coco "$in/people.json" --column-y a -o a.npy
csv '1: --min-score takes a table with a column score, likelihood or confidence' 'x,y\n1,2\n' --min-score 0.5
csv '1: --min-score takes a table with a column score, likelihood or confidence' 'a.x,a.y\n1,2\n' --min-score 0.5
csv '2: x of a must be a number, *' 'a.x,a.y,a.score\nb,2,1\n' --min-score 0.5
printf 'x,y,w,h\n1,2,3,4\n' >"$in/box.csv"
refuse '--ksize has no meaning with --boxes, whose sizes make the windows' encode -o a.npy --convention centernet --boxes --points "$in/box.csv" --ksize 9
refuse '--arithmetic is how a patch adds up; the method is blur, which OpenCV adds up' encode -o a.npy --method blur --arithmetic opencv
refuse '--arithmetic is how a patch adds up; *' encode -o a.npy --convention mspn --arithmetic portable
refuse "--layout is of OUT.npy; a picture shows the keypoints' maps" encode -o a.png --layout hwc --raw
refuse "--background is of OUT.npy; a picture shows the keypoints' maps" encode -o a.png --raw --convention udp --background
refuse '--min-score takes --points' encode --coco "$in/people.json" --min-score 1 -o a.npy
refuse '--whole-image takes --points or --coco' encode --whole-image -o a.npy
refuse '--absent takes --points or --coco' encode --absent 0,0 --point 1,1 -o a.npy
refuse '--rule takes --coco' encode --rule hrnet -o a.npy
refuse "SimCC's vectors are drawn in 32f and 64f" encode --convention simcc_mmpose --depth 8u -o x.npy,y.npy
long=$(printf '%04100d' 0)
refuse '-o is longer than 4095 bytes' encode --convention simcc_mmpose -o "$long.npy,y.npy"
refuse '--offsets is longer than 4095 bytes' encode -o a.npy --offsets "$long.npy,y.npy"
refuse '--offsets is longer than 4095 bytes' decode "$in/small.npy" --offsets "$long.npy,y.npy"
refuse "--arithmetic is 'fast'; it must be one of portable, opencv" encode -o a.npy --arithmetic fast
"$CVHEATMAP" encode --quiet --layout nchw -o "$in/batch.npy" --size 8x8 || fail batch
refuse "$in/batch.npy has 4 sides; --layout hwc takes three, nhwc takes four" decode "$in/batch.npy" --layout hwc
"$CVHEATMAP" encode --quiet --coco "$in/two.json" --layout nchw -o "$in/batch2.npy" --size 8x8 || fail batch
refuse "$in/batch.npy holds 1 images and $in/batch2.npy 2" compare "$in/batch.npy" "$in/batch2.npy"
refuse "$in/batch.npy holds 1 images of offsets; *" decode "$in/batch2.npy" --offsets "$in/batch2.npy,$in/batch.npy"
refuse "$in/batch.npy holds 1 images of offsets; *" decode "$in/batch2.npy" --offsets "$in/batch.npy,$in/batch.npy"
refuse "$in/batch.npy holds 1 maps of offsets an image; 2 or 2 are wanted" decode "$in/batch.npy" --offsets "$in/batch.npy"
! $draws || refuse '--over shows one person or image; there are 2*' decode "$in/batch2.npy" --coco "$in/two.json" --over a.png -o a.png
! $draws || refuse '--over shows one person or image; there are 2 people' encode --coco "$in/two.json" --over a.png -o a.png
"$CVHEATMAP" decode "$in/batch2.npy" --coco "$in/two.json" --category person >/dev/null 2>"$seen/stderr" && fail 'a category that is not there'
is 'decode --category' "cvheatmap: $in/two.json: no category is named 'person' or has that id" "$(cat "$seen/stderr")"
refuse "$in/batch2.npy holds 2 maps; the 1 images of $in/two.json want 1 each" decode "$in/batch2.npy" --coco "$in/two.json" --whole-image
printf 'x,y,map,frame\n1,2,268435455,0\n1,2,3,1\n1,2,3,2\n1,2,3,3\n1,2,3,4\n1,2,3,5\n1,2,3,6\n1,2,3,7\n1,2,3,8\n' >"$in/far.csv"
refuse '9 groups of 268435456 maps are more than 2147483647' encode -o a.npy --points "$in/far.csv"

# ------------------------------------------------------------------------------------------------------------------- crop
refuse 'crop takes one file, PHOTO, not 0; see cvheatmap crop --help' crop
refuse 'crop: --rule NAME is missing; see cvheatmap crop --help' crop a.png
refuse 'crop: --input ROWSxCOLS is missing; see cvheatmap crop --help' crop a.png --rule hrnet
refuse 'crop: -o OUT.png or -o OUT.npy is missing; see cvheatmap crop --help' crop a.png --rule hrnet --input 8x6
refuse 'cannot read absent.png: No such file or directory' crop absent.png --rule hrnet --input 8x6 -o a.png
refuse "cannot read $in: Is a directory" crop "$in" --rule hrnet --input 8x6 -o a.png
# shellcheck disable=SC2015 # fails where either does
"$CVHEATMAP" encode --quiet -o "$in/grey.png" --raw && "$CVHEATMAP" encode --quiet -o "$in/deep.png" --raw --bits 16 || fail 'encode --raw'
refuse "$in/deep.png has 16 bits a sample; convert it to 8" crop "$in/deep.png" --rule hrnet --input 8x6 -o a.png
dd if="$in/grey.png" of="$in/cut.png" bs=1 count=100 2>/dev/null
refuse "$in/cut.png: libpng: *" crop "$in/cut.png" --rule hrnet --input 8x6 -o a.png
refuse "--box is '1,2'; *" crop "$in/grey.png" --rule hrnet --input 8x6 --box 1,2 -o a.png
refuse "-o is 'a.jpg'; its name must end in .npy or .png" crop "$in/grey.png" --rule hrnet --input 8x6 -o a.jpg
refuse 'no crop rule is named "hrent"; near: *' crop "$in/grey.png" --rule hrent --input 8x6 -o a.png
for box in 48,0,9,9 0,64,9,9 -9,0,9,9 0,-9,9,9; do
    refuse "--box is '$box'; it lies beside the photograph, which is 48 pixels wide and 64 high" crop "$in/grey.png" --rule hrnet --input 8x6 --box $box -o a.png
done
refuse '*box*' crop "$in/grey.png" --rule hrnet --input 8x6 --box -1e300,2,2e300,4 -o a.png
refuse '*rotation*' crop "$in/grey.png" --rule letterbox --input 8x6 --rotation 30 -o a.png

finish
