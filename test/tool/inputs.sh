# SPDX-License-Identifier: Apache-2.0
# What people bring: tables, COCO files and arrays as public reports show them, each made here, each with its right answer.
. "$(dirname "$0")/common.sh"

# peaks EXPECTED: the x,y pairs of the last decode, within `most` pixels.
most=1e-4
peaks() {
    found=$(sed 1d "$seen/stdout" | awk -F, -v OFS=, -v first="$(sed -n '1s/,.*//p' "$seen/stdout")" \
        '{ print first == "image" || first == "instance" ? $3 "," $4 : $2 "," $3 }' | paste -sd, -)
    cases=$((cases + 1))
    # shellcheck disable=SC2086 # one word or none
    "$TOOL_TEST_HELPER" near "$1" "$found" $most || fail "$name: expected $1, not $found"
}

# shape EXPECTED: of maps.npy.
shape() { is "$name: shape" "($1)" "$(npy_header maps.npy | sed 's/.*(\(.*\)).*/(\1)/')"; }

# table NAME TEXT SHAPE PEAKS REMARK OPTIONS...: a table of this text (printf's escapes), drawn sub-pixel, decoded by the fit.
# PEAKS: nan,nan where a map is empty. REMARK: what is said of it, "" for nothing.
table() {
    name=$1 text=$2 sides=$3 wanted=$4 said=$5
    shift 5
    # shellcheck disable=SC2059 # the text has escapes
    printf -- "$text" >"$in/$name.csv"
    if [ -n "$said" ]; then
        remarks "$said" encode --convention udp --size 128x160 --points "$in/$name.csv" -o maps.npy "$@"
    else
        works encode --convention udp --size 128x160 --points "$in/$name.csv" -o maps.npy "$@"
    fi
    shape "$sides"
    run decode maps.npy --quiet
    peaks "$wanted"
}

# ----------------------------------------------------------------------------------------------------- a row a keypoint
table absent '-1,-1,0\n100,50,1\n' '2, 128, 160' nan,nan,100,50 '1 of 2 keypoints drawn; 1 not labelled' --absent -1,-1
table absent_empty 'x,y,map\n,,0\n100,50,1\n' '2, 128, 160' nan,nan,100,50 '1 of 2 keypoints drawn; 1 not labelled'
is 'absent_empty: weights' '0 1' "$(floats maps.weights.npy 0)"
table pandas_index ',x,y,map\n0,10,20,0\n1,11,21,1\n' '2, 128, 160' 10,20,11,21 ''
table quoted '"x","y"\n10,20\n' '1, 128, 160' 10,20 ''
table upper 'X,Y\n10,20\n' '1, 128, 160' 10,20 ''
table tab '10\t20\n' '1, 128, 160' 10,20 ''
table space '10 20\n' '1, 128, 160' 10,20 ''
table blanks '  x    y   map\n 10.5  20.25\t1.0 \n' '2, 128, 160' nan,nan,10.5,20.25 ''
table semicolon 'x;y;map\r\n10,5;20,25;0\r\n11,5;21,25;1.0\r\n' '2, 128, 160' 10.5,20.25,11.5,21.25 ''
table bom '\357\273\277x,y\n10,20\n' '1, 128, 160' 10,20 ''
table quoted_comma 'x,y\n"10,5","0,125"\n' '1, 128, 160' 10.5,0.125 ''
table three_digits 'x;y\n1,034;20,125\n' '1, 128, 160' 1.034,20.125 ''
table parts 'x,y,map\n0.5,0.25,0\n0.75,1,1\n' '2, 128, 160' 0.5,0.25,0.75,1 'every keypoint lies within 0..1: are they parts of the width and the height? x and y are wanted in pixels'
table few_parts 'x,y,map\n0.5,0.25,0\n2,1,1\n' '2, 128, 160' 0.5,0.25,2,1 ''
table comments '# two points\nx,y,map\n10,20,0 \n\n# and the other\n11,21,1' '2, 128, 160' 10,20,11,21 ''
table r_language '"x" "y" "map"\n"1" 10 20 0\n"2" NA NA 1\n' '2, 128, 160' 10,20,nan,nan '1 of 2 keypoints drawn; 1 not labelled'
table returns 'x,y\r10,20\r' '1, 128, 160' 10,20 ''
table visible 'x,y,map,v\n10,20,0,2\n11,21,1,0\n12,22,2,1\n' '3, 128, 160' 10,20,nan,nan,12,22 '2 of 3 keypoints drawn; 1 not labelled'
table booleans 'x,y,map,Visible\n10,20,0,True\n11,21,1,False\n' '2, 128, 160' 10,20,nan,nan '1 of 2 keypoints drawn; 1 not labelled'
table unknown 'x,y,colour,"pupil size"\n10,20,red,3\n' '1, 128, 160' 10,20 'columns that were skipped: colour, pupil size'
table named 'left,top\n10,20\n' '1, 128, 160' 10,20 '' --column-x LEFT --column-y top
table scores 'x,y,map,likelihood\n10,20,0,0.9\n11,21,1,0.1\n' '2, 128, 160' 10,20,11,21 ''
table scores 'x,y,map,likelihood\n10,20,0,0.9\n11,21,1,0.1\n' '2, 128, 160' 10,20,nan,nan '1 of 2 keypoints drawn; 1 below --min-score' --min-score 0.5
table tracknet 'frame,visibility,x,y\n0,1,10,20\n1,0,0,0\n' '2, 128, 160' 10,20,nan,nan '1 of 2 keypoints drawn; 1 not labelled'
table frames 'file name,joint,x,y\na.png,nose,10,20\na.png,ear,30,40\nb.png,ear,50,60\n' '4, 128, 160' 10,20,30,40,nan,nan,50,60 ''
table persons 'frame,person,keypoint,x,y\n7,a,0,10,20\n7,b,0,30,40\n7,a,1,50,60\n' '4, 128, 160' 10,20,50,60,30,40,nan,nan ''
table together 'frame,person,keypoint,x,y\n7,a,0,10,20\n7,a,1,30,40\n8,b,1,50,60\n' '4, 128, 160' 10,20,30,40,nan,nan,50,60 '' --whole-image
# Odd ones.
table doubled '"x","y","a ""quoted"" name"\n10,20,1\n' '1, 128, 160' 10,20 'columns that were skipped: a "quoted" name'
table quoted_blanks '"x" "y" "map"\n10  20  "0"\n' '1, 128, 160' 10,20 ''
table units 'X [px],Y (px)\n10,20\n' '1, 128, 160' 10,20 ''
table unnamed 'Unnamed: 0,x,y\n0,10,20\n' '1, 128, 160' 10,20 ''
table trailing 'x,y\n10,20,,\n' '1, 128, 160' 10,20 ''
table one_named 'left,x,y\n10,3,20\n' '1, 128, 160' 10,20 'columns that were skipped: x' --column-x left
table other_named 'x,y,top\n10,3,20\n' '1, 128, 160' 10,20 'columns that were skipped: y' --column-y top
table map_and_joint 'x,y,map,joint\n10,20,0,7\n' '1, 128, 160' 10,20 ''
table person_together 'x,y,person,map\n10,20,a,0\n30,40,b,1\n' '2, 128, 160' 10,20,30,40 '' --whole-image
table some_pairs 'x1,y1,a,b2,x\n10,20,7,8,9\n' '1, 128, 160' 10,20 'columns that were skipped: a, b2, x'
table narrow_names 'x,y,map,label\n10,20,0,nose\n30,40,1,\n' '2, 128, 160' 10,20,30,40 ''
table numbers_and_names 'x,y,joint\n10,20,0\n30,40,1\n' '2, 128, 160' 10,20,30,40 ''
table no_number 'x,y,joint\n10,20,\n30,40,a\n' '2, 128, 160' 10,20,30,40 ''
table half_absent '-30,5,0\n100,50,1\n' '2, 128, 160' nan,nan,100,50 '1 of 2 keypoints drawn; 1 off the map' --absent -30,-1
table comment_only '#\n#a\r\n10,20\n' '1, 128, 160' 10,20 ''
table blank_first ' \t\n \n 10,20\n' '1, 128, 160' 10,20 ''
table blanks_beside_tabs '10 \t 20\n' '1, 128, 160' 10,20 ''
table tab_in_blanks '1 2 1\n10 \t20\t\t0\n' '2, 128, 160' 10,20,1,2 ''
table quote_inside 'x,y,a"b\n10,20,c"d\n' '1, 128, 160' 10,20 'columns that were skipped: a"b'
table tabs_and_commas 'x\ty\ta,b\n10\t20\t"c"\n' '1, 128, 160' 10,20 'columns that were skipped: a,b'
table odd_names '_x_,(y)\n10,20\n' '1, 128, 160' 10,20 ''
table sigma_y_only 'x,y,sigma_y\n10,20,3\n' '1, 128, 160' 10,20 ''
table row_visible 'frame,ball_x,ball_y,visible\n0,10,20,1\n1,0,0,0\n' '2, 128, 160' 10,20,nan,nan '1 of 2 keypoints drawn; 1 not labelled'
table row_score 'a_x,a_y,b_x,b_y,score\n10,20,30,40,0.9\n1,2,3,4,0.2\n' '4, 128, 160' 10,20,30,40,nan,nan,nan,nan '2 of 4 keypoints drawn; 2 below --min-score' --min-score 0.5
table own_visible 'a_x,a_y,b_x,b_y,b_v,v\n10,20,30,40,1,0\n' '2, 128, 160' 10,20,30,40 'columns that were skipped: v'
table unnamed_rows ',a.x,a.y\n,10,20\nb,30,40\n' '2, 128, 160' 10,20,30,40 ''
table width_unused 'x,y,w,h\n10,20,3,4\n' '1, 128, 160' 10,20 'columns that were skipped: w, h'
table dlc_unnamed 'scorer,me,me,me\nbodyparts,head,head,\ncoords,x,y,\n0,10,20,5\n' '1, 128, 160' 10,20 ''
table accents 'fen\303\252tre_x,fen\303\252tre_y\n10,20\n' '1, 128, 160' 10,20 ''
table peaks 'x,y,map,peak,sigma_y\n10,20,0,2,\n30,40,1,,3\n' '2, 128, 160' 10,20,30,40 ''
name=unknown
{ awk 'BEGIN { printf "x,y"; for (i = 0; i < 60; i++) printf ",column%d", i; print ""; printf "10,20"; for (i = 0; i < 60; i++) printf ",1"; print "" }'; } >"$in/unknown.csv"
remarks 'columns that were skipped: column0, *, ...' encode --points "$in/unknown.csv" -o maps.npy
rm -f ./*.npy
printf '1\n' >"$in/bad.csv"
refuse 'standard input:1: 1 number a row and no header; *' encode --points - -o maps.npy <"$in/bad.csv"
# shellcheck disable=SC2059 # the same
bad() { printf -- "$2" >"$in/bad.csv" && refuse "$in/bad.csv:$1" encode --points "$in/bad.csv" -o maps.npy; }
bad '3: 1 column; the first row has 2' 'a.x,a.y\n1,2\n1\n'
bad "2: visible must be a number, not 'z'" 'a.x,a.y,v\n1,2,z\n'
bad '3: a zero byte is no text' 'a.x,a.y\n1,2\n1\0,2\n'
bad "3: x of a must be a number, not 'z'" 'a.x,a.y\n1,2\nz,2\n'
bad '2: DeepLabCut*' 'scorer,m,m\nbodyparts,a,a\n'
bad "1: no x and y among the columns: $(printf '%060d' 0)*" "$(printf '%0100d' 0)a,b,c,d,e,f,g,h,$(printf '%0900d' 0 | sed 's/000/0,0/g')\n1\n"
printf 'left,y\n1,2\n' >"$in/bad.csv"
refuse "$in/bad.csv:1: no columns 'a' and 'y'; the header names: left, y" encode --points "$in/bad.csv" --column-x a -o maps.npy
printf 'x,y,w,h\n1,1,inf,2\n1,1,2,inf\n1,1,2,-1\n1,1,nan,2\n' >"$in/bad.csv"
remarks '0 of 4 boxes drawn; 4 not labelled' encode --boxes --points "$in/bad.csv" --convention centernet -o maps.npy
rm -f ./*.npy
printf 'x,y,w\n1,1,2\n' >"$in/bad.csv"
refuse "$in/bad.csv:1: --boxes wants the columns x, y, w, h: *" encode --boxes --points "$in/bad.csv" --convention centernet -o maps.npy

# Rows that stand sorted by what they belong to are read a group at a time, others are sorted in memory: the same maps and
# weights, names and remarks. The numbers in frames' names count as numbers; a frame that comes again is one of before.
twice() { # twice NAME TEXT OPTIONS...: a table in a file, and the same from a pipe, which is read whole
    name=$1
    # shellcheck disable=SC2059 # a format is meant
    printf -- "$2" >"$in/$name.csv"
    shift 2
    "$CVHEATMAP" encode --convention udp --size 32x32 --points "$in/$name.csv" -o maps.npy --people "$@" >"$seen/people" 2>"$seen/said" || fail "$name: $(cat "$seen/said")"
    # shellcheck disable=SC2002 # a file is no pipe
    cat "$in/$name.csv" | "$CVHEATMAP" encode --convention udp --size 32x32 --points - -o piped.npy --people "$@" >"$seen/stdout" 2>"$seen/stderr" || fail "$name, a pipe: $(cat "$seen/stderr")"
    same maps.npy piped.npy
    same maps.weights.npy piped.weights.npy
    same "$seen/people" "$seen/stdout"
    same "$seen/said" "$seen/stderr"
}
twice rising 'frame,joint,x,y\nf9.png,0,1,2\nf9.png,1,3,4\nf10.png,1,5,6\n\nf10.png,0,7,8\nf10.png,1,9,9\n'
is 'rising: groups' 5 "$(wc -l <"$seen/people" | tr -d ' ')"
twice named 'image,person,keypoint,x,y,sigma,weight\na,1,nose,1,2,2,1\na,1,ear,3,4,,0.5\na,2,ear,5,6,1,\nb,1,nose,7,8,1,0\n' --norm none --whole-image --quiet
is 'named: groups' 5 "$(wc -l <"$seen/people" | tr -d ' ')"
twice again 'frame,x,y\n1,1,2\n2,3,4\n1,5,6\n' # a frame of before
is 'again: groups' 3 "$(wc -l <"$seen/people" | tr -d ' ')"
twice falling 'frame,x,y\n2,1,2\n1,3,4\n01,3,4\n'
is 'falling: groups' 4 "$(wc -l <"$seen/people" | tr -d ' ')"
twice zeros 'frame,x,y\n1,1,2\n01,3,4\n1,5,6\n' # 1 and 01 are two frames
is 'zeros: groups' 3 "$(wc -l <"$seen/people" | tr -d ' ')"
twice prefix 'frame,x,y\na,1,2\nab,3,4\na1,5,6\na01,7,8\n'
twice maps 'x,y,map,score\n1,2,0,1\n3,4,0,0.1\n5,6,3,1\n' --min-score 0.5
is 'maps: what is said' 'cvheatmap: 2 of 3 keypoints drawn; 1 below --min-score' "$(cat "$seen/said")"
twice back 'x,y,map\n1,2,1\n3,4,0\n5,6,3\n5,7,1\n9,9,0\n'
twice labels 'x,y,joint\n1,2,nose\n3,4,ear\n5,6,ear\n'
awk 'BEGIN { print "frame,x,y"; for (i = 0; i < 300; i++) for (k = 0; k <= i % 70; k++) printf "%d,%d,%d\n", i, (i + k) % 32, k % 31 }' >"$in/grown.csv"
twice grown "$(sed 's/$/\\n/' "$in/grown.csv" | tr -d '\n')"
# Memory does not grow with the rows of such a table: 8 times as many.
rows() { awk -v n="$1" 'BEGIN { print "frame,x,y"; for (i = 0; i < n; i++) printf "%d,%d,%d\n", i / 1000, i % 8, i % 7 }'; }
rows 20000 >"$in/small.csv"
rows 160000 >"$in/large.csv"
small=$("$TOOL_TEST_HELPER" peak "$CVHEATMAP" encode --size 8x8 --points "$in/small.csv" -o maps.npy)
large=$("$TOOL_TEST_HELPER" peak "$CVHEATMAP" encode --size 8x8 --points "$in/large.csv" -o maps.npy)
is "peak memory of 20,000 rows and of 160,000: $small and $large kB" 1 $((large - small < 3072))
# A row that is wrong is said, whenever it is read, and nothing is left.
rm -f ./*.npy
bad '3: y must be a number, not '"'"'z'"'" 'frame,x,y\n1,1,2\n2,2,z\n'
bad '3: map must be a whole number 0..268435455, not '"''" 'x,y,map\n1,1,2\n2,2,\n'
bad '3: map must be a whole number 0..268435455, not '"'nan'" 'x,y,map\n1,1,2\n2,2,nan\n'
bad '3: map must be a whole number 0..268435455, not '"'z'" 'x,y,map\n1,1,2\n2,2,z\n'
bad '3: 2 columns; the first row has 3' 'frame,x,y\n1,1,2\n2,2\n'
bad '3: a zero byte is no text' 'frame,x,y\n1,1,2\n2\0,2,2\n'
bad "3: sigma_x must be a number 1e-6..1e6, not '1e7'" 'x,y,sigma\n1,2,3\n1,2,1e7\n'
bad "3: weight must be a number 0..1e30, not '1e31'" 'x,y,weight\n1,2,3\n1,2,1e31\n'
printf 'a.x,a.y\n1,2\n' >"$in/bad.csv"
refuse "$in/bad.csv:1: --boxes takes a table with a row a box: columns x, y, w, h" encode --boxes --points "$in/bad.csv" --convention centernet -o maps.npy
printf '%s\n' 'left,y' '1,2' >"$in/bad.csv"
refuse "$in/bad.csv:1: no columns 'x' and 'bottom'; the header names: left, y" encode --points "$in/bad.csv" --column-y bottom -o maps.npy
# shellcheck disable=SC2046 # words
refuse "--absent is given more than 16 times" encode $(for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do printf -- '--absent %d,0 ' $i; done) -o maps.npy
{ printf 'x,y\n"'; dd if=/dev/zero bs=65536 count=1025 2>/dev/null | tr '\0' 1; } | refuse 'standard input:2: the row is longer than 64 MB; is a quote open?' encode --points - -o maps.npy
printf '10,20\n' >"$in/stdin.csv"
name=stdin
run encode --convention udp --size 128x160 --points - -o maps.npy <"$in/stdin.csv"
shape '1, 128, 160'
# shellcheck disable=SC2002 # a pipe is what is tested
cat "$in/stdin.csv" | "$CVHEATMAP" encode --convention udp --size 128x160 --points - -o piped.npy || fail 'a pipe'
same maps.npy piped.npy
rm piped.npy
# A wide table from a pipe, whose rows are not known beforehand: 300 kB, more than is read at a time.
awk 'BEGIN { print "a.x,a.y,b.x,b.y"; for (i = 0; i < 20000; i++) printf "%d,%d,%d,%d\n", i % 4, i % 3, i % 3, i % 4 }' >"$in/long.csv"
works encode --size 4x4 --points "$in/long.csv" -o maps.npy
# shellcheck disable=SC2002 # here too
cat "$in/long.csv" | "$CVHEATMAP" encode --size 4x4 --points - -o piped.npy || fail 'a wide pipe'
same maps.npy piped.npy
rm piped.npy
# 20,000 columns, and a name of 2,000 bytes.
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "%s%d", i ? "," : "", i % 100; print "" }' >"$in/columns.csv"
name=columns
works encode --size 4x4 --points "$in/columns.csv" -o maps.npy --quiet
shape '10000, 4, 4'

# A sigma, a weight, a peak a point.
name=adaptive
printf 'x,y,sigma\n10,10,3\n30,30,6.5\n' >"$in/adaptive.csv"
works encode --convention udp --points "$in/adaptive.csv" -o maps.npy
works encode --convention udp --sigma 3 --point 10,10 -o three.npy
works encode --convention udp --sigma 6.5 --point 30,30 -o six.npy
sample() { floats "$1" $(($3 * 48 + $2)) 1; }
is 'adaptive: 6 from the first, as with --sigma 3' "$(sample three.npy 10 4)" "$(sample maps.npy 10 4)"
is 'adaptive: 18 from the second, as with --sigma 6.5' "$(sample six.npy 30 48)" "$(sample maps.npy 30 48)"
name=fixations
printf 'x,y,duration\n96,54,0.25\n40,30,0.8\n' >"$in/fixations.csv"
for norm in max none; do
    works encode --size 108x192 --points "$in/fixations.csv" --sigma 5 --norm $norm --peak 1 -o maps.npy
    run decode maps.npy --peaks --threshold 0.1 --json
    is "fixations, norm $norm: scores" '0.80 0.25' "$(sed -n 's/^ *"score": \([0-9.]*\),$/\1/p' "$seen/stdout" | awk '{ printf "%s%.2f", (NR > 1 ? " " : ""), $1 }')"
done

# -------------------------------------------------------------------------------------------------- a row an instance
table dlc 'scorer,me,me,me,me\nbodyparts,head,head,tail,tail\ncoords,x,y,x,y\nlabeled-data/v/img001.png,30.5,20.25,40.1,50.2\nlabeled-data/v/img002.png,31.5,21.25,,\n' \
    '4, 128, 160' 30.5,20.25,40.1,50.2,31.5,21.25,nan,nan '3 of 4 keypoints drawn; 1 not labelled'
is 'dlc: weights' "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }" "$(npy_header maps.weights.npy)"
table dlc_new 'scorer,,,me,me,me\nbodyparts,,,head,head,head\ncoords,,,x,y,likelihood\nlabeled-data,v,img001.png,30.5,20.25,0.2\n' '1, 128, 160' 30.5,20.25 ''
table dlc_animals 'scorer,m,m,m,m\nindividuals,a,a,b,b\nbodyparts,head,head,head,head\ncoords,x,y,x,y\n0,1,2,30.5,20.25\n' '2, 128, 160' 1,2,30.5,20.25 ''
table sleap 'track,frame_idx,instance.score,nose.x,nose.y,nose.score,tail.x,tail.y,tail.score\ntrack_0,0,1.8,30.5,20.25,0.9,40.1,50.2,0.8\n' \
    '2, 128, 160' 30.5,20.25,40.1,50.2 ''
table kaggle_faces 'left_eye_center_x,left_eye_center_y,nose_tip_x,nose_tip_y\n66.03,39.00,44.42,57.06\n64.33,34.97,48.20,\n' \
    '4, 128, 160' 66.03,39,44.42,57.06,64.33,34.97,nan,nan '3 of 4 keypoints drawn; 1 not labelled'
table numbered 'x0,x1,y0,y1\n10,30,20,40\n' '2, 128, 160' 10,20,30,40 ''
table pairs '10,20,30,40\n50,60,70,80\n' '4, 128, 160' 10,20,30,40,50,60,70,80 ''
printf 'frame,nose.x,nose.y,"left, ""ear"".x","left, ""ear"".y"\n"a,b.png",10,20,30,40\n' >"$in/names.csv"
prints 0 encode --points "$in/names.csv" -o maps.npy --people <<'EOF'
map,instance,keypoint
0,"a,b.png",nose
1,"a,b.png",left_ear
EOF
printf 'frame,x,y,joint\n"a ""b""",10,20,"left, ear"\n' >"$in/names.csv"
prints 0 encode --points "$in/names.csv" -o maps.npy --people <<'EOF'
map,instance,keypoint
0,"a ""b""","left, ear"
EOF
printf 'nose.x,nose.y,tail.x,tail.y\n10,20,30,40\n' >"$in/names.csv"
prints 0 encode --points "$in/names.csv" -o maps.npy --people <<'EOF'
map,instance,keypoint
0,0,nose
1,0,tail
EOF

# --------------------------------------------------------------------------------------------------------------- lengths
# A given sigma makes ksize follow, and the other way round; the tutorial's 15 and 2 hold while neither is given.
works encode --sigma 40 --size 1080x1920 --point 960,540 -o maps.npy
works encode --sigma 40 --ksize 241 --size 1080x1920 --point 960,540 -o both.npy
same maps.npy both.npy
works encode --ksize 21 -o maps.npy
works encode --ksize 21 --sigma 0 -o both.npy
same maps.npy both.npy
works encode --convention density --sigma 15 --size 64x64 --point 32,32 -o maps.npy
works encode --convention density --sigma 15 --ksize 91 --size 64x64 --point 32,32 -o both.npy
same maps.npy both.npy
run encode --convention hrnet --sigma 3 --json -o maps.npy
is 'what is replaced is said' 'sigma: 2 -> 3' "$(sed -n '/overrides/{n;s/^ *"\(.*\)"$/\1/p}' "$seen/stdout")"
# A whole map has no end that a sigma could move; --sigma 0 and --ksize 0 ask for the same from the other side.
run encode --convention kornia --sigma 3 --json -o maps.npy
is 'kornia: the whole map stays' '  "ksize": "inf",' "$(grep ksize "$seen/stdout" | head -n 1)"
run encode --convention udp --ksize inf --json -o maps.npy
is 'udp, --ksize inf: sigma stays' '  "sigma": "2",' "$(grep sigma "$seen/stdout" | head -n 1)"
works encode --ksize 0 -o maps.npy
works encode --ksize 0 --sigma 2 -o both.npy
same maps.npy both.npy
printf 'x,y,sigma\n24,32,2\n' >"$in/lengths.csv"
works encode --points "$in/lengths.csv" --ksize 15 -o maps.npy
works encode -o both.npy
same maps.npy both.npy
works encode --convention kornia --sigma 2 --points "$in/lengths.csv" -o maps.npy
works encode --convention udp --point 20,30 --depth 64f --background -o maps.npy
prints 0 encode --convention udp --point 20,30 --point 3,4,1 --background --people -o maps.npy <<'EOF'
map,instance,keypoint
0,0,0
1,0,1
2,0,background
EOF
rm -f ./*.npy

# ------------------------------------------------------------------------------------------------------------------ COCO
image='"images":[{"id":1,"width":640,"height":480,"file_name":"a.jpg"}],"categories":[{"id":1,"name":"person"},{"id":37,"name":"ball"}]'
annotation='"image_id":1,"category_id":1,"iscrowd":0,"num_keypoints":1'
coco() { printf '%s' "$2" >"$in/$1.json"; }
# The crop that the project trains on: HRNet cuts the box at the picture's edge and counts w-1, h-1; mmpose clips it.
most=0.05
coco box_leaves_image "{$image,\"annotations\":[{$annotation,\"bbox\":[600,100,60,200],\"keypoints\":[620,150,2]}]}"
for project in darkpose:96.5,77.1 mmpose_dark:96.5,76.8; do
    name="box_leaves_image, ${project%%:*}"
    works encode --coco "$in/box_leaves_image.json" --convention "${project%%:*}" -o maps.npy
    run decode maps.npy --input 256x192
    peaks "${project#*:}"
done
coco box_inside "{$image,\"annotations\":[{$annotation,\"bbox\":[200,100,30,60],\"keypoints\":[211,118,2]}]}"
name=box_inside # HRNet: the centre is 214.5,129.5, the box 44.25 x 59 * 1.25, the scale 192/55.3125
works encode --coco "$in/box_inside.json" --convention darkpose -o maps.npy
run decode maps.npy --input 256x192
peaks 83.8508,88.0814
most=1e-3
coco coco_mixed "{$image,\"annotations\":[{$annotation,\"bbox\":[100,50,80,160],\"keypoints\":[120,80,2,150,200,1]},
{\"id\":2,\"image_id\":1,\"category_id\":37,\"bbox\":[10,10,20,20],\"segmentation\":[[10,10,30,10,30,30]]}]}"
name=coco_mixed
remarks '2 of 2 keypoints drawn; 1 annotation skipped: annotations?1? has no keypoints' encode --coco "$in/coco_mixed.json" --convention udp -o maps.npy
shape '2, 64, 48'
run decode maps.npy --convention udp --decoder fit --coco "$in/coco_mixed.json"
peaks 120,80,150,200
coco coco_annotator "{$image,\"annotations\":[
{$annotation,\"segmentation\":[],\"area\":0,\"bbox\":[0,0,0,0],\"keypoints\":[120,80,2,150,200,1]},
{$annotation,\"keypoints\":[120,80,2,150,200,1]},
{\"id\":2,\"image_id\":1,\"category_id\":1,\"segmentation\":[[1,1,9,1,9,9]],\"area\":32,\"bbox\":[1,1,8,8],\"iscrowd\":false}]}"
name=coco_annotator
remarks '2 of 2 keypoints drawn; 2 annotations skipped: annotations?0?.bbox has no extent, ...' \
    encode --coco "$in/coco_annotator.json" --convention udp -o maps.npy
run decode maps.npy --convention udp --decoder fit --coco "$in/coco_annotator.json"
peaks 120,80,150,200
coco nanv0 "{$image,\"annotations\":[{$annotation,\"bbox\":[0,0,100,100],\"keypoints\":[10,10,2,NaN,NaN,0]}]}"
name=nanv0
remarks '1 of 2 keypoints drawn; 1 not labelled' encode --coco "$in/nanv0.json" --convention udp -o maps.npy
run decode maps.npy --convention udp --decoder fit --coco "$in/nanv0.json" --quiet
peaks 10,10,nan,nan
printf '\357\273\277{%s,"annotations":[{%s,"bbox":[1,1,50,50],"keypoints":[20,20,2]}]}' "$image" "$annotation" >"$in/coco_bom.json"
name=coco_bom
coco nan_box "{$image,\"annotations\":[{$annotation,\"bbox\":[0,NaN,100,100],\"keypoints\":[10,10,2,60,110,2]}]}"
works encode --coco "$in/nan_box.json" --convention udp -o maps.npy
coco no_box "{$image,\"annotations\":[{$annotation,\"keypoints\":[10,10,2,60,110,2]}]}"
works encode --coco "$in/no_box.json" --convention udp -o no_box.npy
same maps.npy no_box.npy
rm no_box.npy
works encode --coco "$in/coco_bom.json" --convention udp -o maps.npy
run decode maps.npy --convention udp --decoder fit --coco "$in/coco_bom.json"
peaks 20,20
run decode maps.npy --convention udp --decoder fit --box 1,1,49,49 # as UDP-Pose cleans the annotated one
peaks 20,20
coco labelme '{"version":"5.0","shapes":[{"label":"nose","points":[[30.5,40.5]],"shape_type":"point"}],"imagePath":"a.jpg"}'
rm -f ./*.npy
works encode --coco "$in/box_inside.json" --category 1 --rule udp -o maps.npy
rm -f ./*.npy
works encode --coco "$in/box_inside.json" --rule rtmpose -o maps.npy
works encode --coco "$in/box_leaves_image.json" --rule hrnet_mpii --sigma 2 -o maps.npy --category person --quiet
coco ids "{\"images\":[{\"id\":1.5,\"width\":640,\"height\":480},{\"id\":\"b\",\"width\":0,\"height\":9},{\"id\":1.5},3],\"categories\":[{\"id\":\"p\",\"keypoints\":[3]},{\"name\":\"q\"}],
\"annotations\":[{\"image_id\":\"b\",\"category_id\":\"p\",\"iscrowd\":false,\"keypoints\":[1,1,2]},{\"image_id\":1.5,\"keypoints\":[30,40,0.5,9,9,0]},
{\"image_id\":\"b\",\"keypoints\":null},{\"image_id\":\"b\",\"iscrowd\":true,\"keypoints\":[1,1,2]}]}"
rm -f ./*.npy
refuse "$in/ids.json: annotations?1? has 2 keypoints; the first person has 1. --category *" encode --coco "$in/ids.json" --whole-image -o maps.npy
refuse 'an image: the file does not say how large it is*' encode --coco "$in/ids.json" --category p --whole-image -o maps.npy
rm -f ./*.npy
coco order "{\"images\":[{\"id\":1,\"width\":64,\"height\":48},{\"id\":2,\"width\":64,\"height\":48}],
\"annotations\":[{\"image_id\":2,\"keypoints\":[1,1,2]},{\"image_id\":1,\"keypoints\":[30,40,1]},{\"image_id\":2,\"keypoints\":[9,9,2]},{\"image_id\":1,\"keypoints\":[5,5,0]}]}"
name=order
remarks '3 of 3 keypoints drawn; 1 annotation skipped: annotations?3? has no labelled keypoint' \
    encode --coco "$in/order.json" --whole-image --convention udp --rule stretch --input 48x64 --size 48x64 -o maps.npy
shape '2, 48, 64'
rm -f ./*.npy
coco odd "{\"images\":[{\"id\":1,\"width\":64,\"height\":2e9},{\"id\":2,\"width\":64,\"height\":48}],\"categories\":[{\"name\":\"p\"},{\"id\":\"q\",\"name\":3}],
\"annotations\":[{\"image_id\":1,\"category_id\":\"q\",\"iscrowd\":0,\"keypoints\":[3,null,2,NaN,4,2,20,30,2,8,12,-1],\"bbox\":[]},
{\"image_id\":2,\"keypoints\":[],\"bbox\":null},{\"image_id\":2,\"keypoints\":[1,1,2,1,1,2,1,1,2,1,1,2],\"bbox\":null},
{\"image_id\":2,\"keypoints\":[1,1,2,9,9,2,3,3,2,1,9,null],\"bbox\":null},{\"image_id\":2,\"keypoints\":[1,1,2,2e9,9,2,3,3,2,1,9,2]}]}"
name=odd
remarks '3 of 4 keypoints drawn; 1 not labelled; 4 annotations skipped: annotations?0? has no bbox, and its labelled keypoints span none, ...' \
    encode --coco "$in/odd.json" --convention udp -o maps.npy
refuse_odd() { rm -f ./*.npy && refuse "$@"; }
refuse_odd "$in/odd.json: annotations?0?.bbox must be an array of 4 numbers: *" encode --coco "$in/odd.json" --strict -o maps.npy
refuse_odd "$in/odd.json: no category is named 'r' or has that id" encode --coco "$in/odd.json" --category r -o maps.npy
refuse_odd "$in/odd.json: annotations: none has a labelled keypoint (v > 0) and a box; *" encode --coco "$in/odd.json" --category q -o maps.npy
coco escaped '{"annotations":[{"file_name":"a\"b\\","note":"-NaN I\u0041","keypoints":[9,9,2],"bbox":[1,1,20,-0.0e1]}, {"keypoints":[-5,9,2,1,1,2],"bbox":[1,1,20,20]}]}'
refuse_odd "$in/escaped.json: annotations?1? has 2 keypoints; the first person has 1. *" encode --coco "$in/escaped.json" -o maps.npy
coco two_sizes '{"categories":[{"id":1}],"annotations":[{"category_id":1,"keypoints":[9,9,2],"bbox":[1,1,20,20]},{"category_id":1,"keypoints":[5,9,2,1,1,2],"bbox":[1,1,20,20]},{"keypoints":[5,9,2]}]}'
refuse_odd "$in/two_sizes.json: annotations?1? has 2 keypoints; the first person has 1" encode --coco "$in/two_sizes.json" --category 1 -o maps.npy
coco lists '[{"image_id":1},3]'
refuse "$in/lists.json: a list; *" encode --coco "$in/lists.json" -o maps.npy
coco lists '[{"data":{},"completions":[]}]'
refuse "$in/lists.json: Label Studio*" encode --coco "$in/lists.json" -o maps.npy
coco lists '[{"data":{}}]'
refuse "$in/lists.json: a list; *" encode --coco "$in/lists.json" -o maps.npy
coco via '{"_via_settings":{},"_via_img_metadata":{}}'
refuse "$in/via.json: VIA's project; *" encode --coco "$in/via.json" -o maps.npy
coco off "{$image,\"annotations\":[{$annotation,\"bbox\":[900,100,60,200],\"keypoints\":[620,150,2]},{$annotation,\"iscrowd\":1,\"bbox\":[1,1,9,9],\"keypoints\":[2,2,2]}]}"
refuse "$in/off.json: annotations: none has *annotations?0?.bbox is dropped by the rule mmpose" encode --coco "$in/off.json" --convention mmpose_udp --rule mmpose -o maps.npy
coco sizeless '{"annotations":[{"image_id":1,"bbox":[1,1,9,9],"keypoints":[2,2,2]}]}'
refuse '*: the file does not say how large it is*' encode --coco "$in/sizeless.json" --whole-image -o maps.npy
coco large "{$image,\"annotations\":[{$annotation,\"bbox\":[9,9,60,200],\"keypoints\":[20,150,2]}]}"
refuse 'a.jpg is 480x640: the rule higherhrnet makes an input of *, not 256x256; give that --input, or another --rule' \
    encode --coco "$in/large.json" --whole-image --convention higherhrnet --size 64x64 --input 256x256 -o maps.npy
refuse '--boxes takes --convention centernet or ttfnet, whose windows follow from boxes' encode --coco "$in/large.json" --boxes -o maps.npy
refuse 'no crop rule is named "hrent"; near: *' encode --coco "$in/large.json" --rule hrent -o maps.npy
refuse "$in/labelme.json: labelme's JSON of one picture; *" encode --coco "$in/labelme.json" -o maps.npy

# All people of an image on its maps; keypoints in the photograph, and COCO results.
coco two_people '{"images":[{"id":1,"width":256,"height":256,"file_name":"a.jpg"}],"categories":[{"id":1,"name":"person","keypoints":["nose","hand"]}],
"annotations":[{"id":1,"image_id":1,"category_id":1,"iscrowd":0,"bbox":[20,20,60,120],"num_keypoints":2,"keypoints":[50,40,2,60,100,2]},
{"id":2,"image_id":1,"category_id":1,"iscrowd":0,"bbox":[150,30,70,140],"num_keypoints":2,"keypoints":[180,60,2,200,120,1]}]}'
name=two_people
works encode --coco "$in/two_people.json" --convention higherhrnet --size 64x64 --input 256x256 --whole-image -o maps.npy
shape '2, 64, 64'
run decode maps.npy --peaks --threshold 0.5 --input 256x256
peaks 48,40,180,60,60,100,200,120
works encode --coco "$in/two_people.json" --convention udp -o maps.npy
shape '4, 64, 48'
prints 0 decode maps.npy --convention udp --decoder fit --coco "$in/two_people.json" -o results.json </dev/null
run decode maps.npy --convention udp --decoder fit --coco "$in/two_people.json"
peaks 50,40,60,100,180,60,200,120
is 'results: people' 2 "$(grep -o '"category_id":1' results.json | wc -l | tr -d ' ')"
works encode --convention simcc_mmpose --coco "$in/two_people.json" -o x.npy,y.npy
most=0.3
run decode x.npy y.npy --convention simcc_mmpose --coco "$in/two_people.json"
peaks 50,40,60,100,180,60,200,120
run decode x.npy y.npy --convention simcc_mmpose --input 256x192 --json
is 'simcc --json: images' 4 "$(grep -c '"image"' "$seen/stdout")"
works encode --convention simcc_mmpose --input 256x192 --sigma 4.9,5.66 --point 20.5,30 -o x2.npy,y2.npy
works encode --convention simcc_mmpose --input 256x192 --point 20.5,30 -o x1.npy,y1.npy
same x1.npy x2.npy
same y1.npy y2.npy
run encode --convention simcc_mmpose --input 256x192 --sigma 3 --json --point 20.5,30 --point 900,3,1 -o x2.npy,y2.npy
is 'simcc: what was drawn' '"sigma_x": 3.0, "bins_x": 384, "bins_y": 512, "drawn": 1, "dropped": 0, "off_the_input": 1,' \
    "$(grep -E '"(sigma_x|bins_.|drawn|dropped|off_the_input)"' "$seen/stdout" | sed 's/^ *//' | paste -sd' ' -)"
cmp -s x1.npy x2.npy && fail 'simcc: --sigma changes nothing'
# The project reads a bin, the library's fit a place between bins and the width.
works encode --convention simcc_mmpose --input 256x192 --point 41.3,82.7 -o x2.npy,y2.npy
run decode x2.npy y2.npy --convention simcc_mmpose
is 'simcc: the bin' '0,41.5,82.5,1,pixel,nan,nan' "$(sed -n 2p "$seen/stdout")"
run decode x2.npy y2.npy --convention simcc_mmpose --decoder fit
"$TOOL_TEST_HELPER" near 41.5,82.5,4.899,5.657 "$(awk -F, 'NR == 2 { print $2 "," $3 "," $6 "," $7 }' "$seen/stdout")" 0.01 || fail "simcc: the fit: $(cat "$seen/stdout")"
rm x2.npy y2.npy
run decode x1.npy y1.npy --convention simcc_mmpose --threshold 2
is 'simcc: above the threshold' weak "$(sed -n '2s/.*,\(weak\),.*/\1/p' "$seen/stdout")"
run decode x.npy y.npy --convention simcc_mmpose_dark --coco "$in/two_people.json" --sigma 5,6 --json -o results.json
is 'simcc results: people' 2 "$(grep -o '"category_id":1' results.json | wc -l | tr -d ' ')"
rm -f x2.npy y2.npy results.json
run decode x1.npy y1.npy --convention simcc_mmpose --json
is 'simcc of a list: no image' 0 "$(grep -c '"image"' "$seen/stdout")"
run decode x1.npy y1.npy --convention simcc_mmpose --box 10,20,60,80
is 'simcc --box: status' 0 $status
run encode --coco "$in/coco_mixed.json" --convention udp --json -o maps.npy
is 'encode --json: why' '  "reason": "annotations[1] has no keypoints"' "$(grep reason "$seen/stdout")"
prints 0 encode --coco "$in/two_people.json" -o maps.npy --people <<'EOF'
map,instance,keypoint
0,a.jpg/1,nose
1,a.jpg/1,hand
2,a.jpg/2,nose
3,a.jpg/2,hand
EOF
# Boxes: CenterNet's radius for 60x120 of 256, a quarter on the map, is 7 (30 x 15: 3 roots, the least truncated).
coco boxes '{"images":[{"id":1,"width":256,"height":256}],"categories":[{"id":1,"name":"a"},{"id":2,"name":"b"}],
"annotations":[{"id":1,"image_id":1,"category_id":2,"bbox":[20,20,60,120]},{"id":2,"image_id":1,"category_id":1,"bbox":[150,30,70,140]}]}'
name=boxes
works encode --boxes --coco "$in/boxes.json" --convention centernet --size 64x64 -o maps.npy --background
shape '3, 64, 64'
run decode maps.npy --convention higherhrnet
is 'boxes: centres' '46,25 12,20' "$(sed -n '2,3s/^[01],\([0-9]*,[0-9]*\),1,.*/\1/p' "$seen/stdout" | paste -sd' ' -)"
printf 'x,y,w,h,class\n20,20,60,120,1\n150,30,70,140,0\n' >"$in/boxes.csv"
works encode --boxes --points "$in/boxes.csv" --input 256x256 --convention centernet --size 64x64 -o table.npy --background
same maps.npy table.npy
printf '20,20,60,120\n150,30,70,140\n' >"$in/boxes.csv" # as many numbers as a box has
works encode --boxes --points "$in/boxes.csv" --input 256x256 --convention centernet --size 64x64 -o table.npy
{ printf 'x,y,w,h\n' && cat "$in/boxes.csv"; } >"$in/headed.csv"
works encode --boxes --points "$in/headed.csv" --input 256x256 --convention centernet --size 64x64 -o named.npy
same table.npy named.npy
printf 'x,y,w,h,class\n20,20,60,120,cat\n150,30,70,140,dog\n' >"$in/boxes.csv"
prints 0 encode --boxes --points "$in/boxes.csv" --input 256x256 --convention centernet --size 64x64 -o named.npy --people <<'EOF'
map,instance,keypoint
0,0,cat
1,1,dog
EOF
rm -f table.npy named.npy
works encode --boxes --coco "$in/boxes.json" --convention ttfnet --size 64x64 -o maps.npy
run decode maps.npy --convention higherhrnet
is 'ttfnet: centres' '46,25 12,20' "$(sed -n '2,3s/^[01],\([0-9]*,[0-9]*\),1,.*/\1/p' "$seen/stdout" | paste -sd' ' -)"
# Radii 0.54 / 2 of the sides: int(0.27 * 15) = 4 and int(0.27 * 30) = 8 about 12,20: 0 beyond.
is 'ttfnet: a window of 9 x 17' '0 0' "$(floats maps.npy $((4096 + 20 * 64 + 17)) 1) $(floats maps.npy $((4096 + 29 * 64 + 12)) 1)"
printf 'x,y,w,h\n-50,-50,9,9\n20,20,60,120\n1,1,0,9\n' >"$in/boxes.csv"
remarks '1 of 3 boxes drawn; 1 off the map, 1 not labelled' encode --boxes --points "$in/boxes.csv" --input 256x256 --convention centernet --size 64x64 -o maps.npy
# Boxes that hang over the edges, and one below the map.
printf 'x,y,w,h\n240,100,60,50\n-30,100,60,50\n100,-20,50,60\n100,230,50,60\n50,300,20,20\n300,50,20,20\n60,60,0.01,0.01\n' >"$in/boxes.csv"
for project in centernet ttfnet; do
    remarks '5 of 7 boxes drawn; 2 off the map' encode --boxes --points "$in/boxes.csv" --input 256x256 --convention $project --size 64x64 -o maps.npy
done
coco boxes '{"images":[{"id":1,"width":256,"height":256}],"categories":[{"id":1,"name":"a"},{"id":2}],
"annotations":[{"id":1,"image_id":1,"bbox":[20,20,60,120]},{"id":2,"image_id":1,"category_id":9,"bbox":[150,30,70,140]},{"id":3,"image_id":1,"category_id":1,"bbox":[150,30,70,0]},{"id":4,"image_id":1,"category_id":1,"bbox":[1,1,9,9]}]}'
remarks '3 of 3 boxes drawn; 1 annotation skipped: annotations?2?.bbox has no extent' encode --boxes --coco "$in/boxes.json" --convention centernet --size 64x64 -o maps.npy
shape '2, 64, 64'
works encode --boxes --coco "$in/boxes.json" --category 1 --convention centernet --size 64x64 -o maps.npy --quiet
shape '1, 64, 64'
coco boxes '{"annotations":[{"bbox":[20,20,0,9]}]}'
rm -f ./*.npy ./*.json
refuse "$in/boxes.json: annotations: none has a box and a box; *" encode --boxes --coco "$in/boxes.json" --convention centernet -o maps.npy
rm -f ./*.npy ./*.json

# ---------------------------------------------------------------------------------------------------------------- arrays
three='--point 10.3,20.6 --point 30.8,40.1,1 --point 44.2,5.5,2' wanted=10.3,20.6,30.8,40.1,44.2,5.5
most=1e-3
# shellcheck disable=SC2086 # words
works encode --convention udp $three -o float.npy
for order in chw nchw hwc nhwc; do
    name=$order
    # shellcheck disable=SC2086
    works encode --convention udp $three --layout $order -o maps.npy
    run decode maps.npy --layout $order
    peaks $wanted
    is "$order: not a word" '' "$(cat "$seen/stderr")"
    run compare float.npy float.npy --layout chw
done
name=nhwc
run decode maps.npy
is 'nhwc: what it looks like' 'cvheatmap: maps.npy is taken for 64 maps of 48x3; are they 3 maps of 64x48, --layout nhwc?' "$(cat "$seen/stderr")"
for depth in '16f 0 0 0.001' '8u 0.00392156862745098 0 0.02' '8s 0.00392156862745098 -128 0.02' '16u 0.00001525902189669642 0 0.001' '16s 0.0000305185 0 0.001'; do
    # shellcheck disable=SC2086 # four words
    set -- $depth
    name=$1 most=$4
    scale="--scale $2 --zero $3"
    [ "$2" != 0 ] || scale=
    # shellcheck disable=SC2086
    works encode --convention udp $three --depth $1 $scale -o maps.npy
    # shellcheck disable=SC2086
    run decode maps.npy $scale
    peaks $wanted
done
# What a depth cannot hold is said.
remarks '* samples are beyond -128..127, which is what 8s reaches, and stored as its end: *' encode --depth 8s -o maps.npy
remarks '1 sample is beyond 0..255, which is what 8u reaches, *' encode --depth 8u --scale 0.00390625 --convention hrnet --point 20,30 -o maps.npy
remarks 'the largest sample is 1 of the steps of 8u, *' encode --depth 8u --convention hrnet --point 20,30 -o maps.npy
remarks '* samples are beyond -65504..65504, which is what 16f reaches, *' encode --depth 16f --scale 0.001 -o maps.npy
works encode --depth 8u -o maps.npy
works encode --depth 8u --convention hrnet --quiet -o maps.npy
works encode --depth 16s --scale 0.1 --norm none --peak 0.9 --sigmoid -o maps.npy
remarks 'the largest sample is 510; the picture is white from the peak, 255, on' encode --overlap add --norm none --point 9,9 --point 9,9 --raw -o map.png
works encode --overlap add --norm none --point 9,9 --point 30,9 --raw -o map.png
rm map.png
# Two files, one of whole numbers: the scale is that one's.
# shellcheck disable=SC2086 # words
works encode --convention udp $three --depth 8u --scale 0.004 --zero 3 -o whole.npy
for files in 'float.npy whole.npy' 'whole.npy float.npy'; do
    # shellcheck disable=SC2086 # two names
    run compare $files --scale 0.004 --zero 3 --atol 0.00201
    is "compare $files: within half a step" 0 $status
done
run compare whole.npy whole.npy --scale 0.00392156862745098
is 'compare two of whole numbers' 0 $status
works encode --convention mmpose_combined --sigma 2 --point 10.3,20.6 --point 30.8,40.1,1 --offsets dx.npy,dy.npy -o maps.npy
run decode maps.npy --convention mmpose_combined --offsets dx.npy,dy.npy
cut -d, -f1-3 "$seen/stdout" >"$in/unquantised"
# Of maps in whole numbers --scale is theirs, and the offsets' are as they are.
"$CVHEATMAP" encode --convention mmpose_combined --sigma 2 --point 10.3,20.6 --point 30.8,40.1,1 --depth 16u --scale 1e-4 -o whole.npy || fail 'encode 16u'
run decode whole.npy --scale 1e-4 --convention mmpose_combined --offsets dx.npy,dy.npy
cut -d, -f1-3 "$seen/stdout" >"$in/quantised"
same "$in/unquantised" "$in/quantised"
run decode whole.npy --scale 1e-4 --convention mmpose_combined --offsets whole.npy,dy.npy --threshold any
is 'offsets of whole numbers' 'cvheatmap: --scale and --zero are taken for the maps and the offsets alike; a quantised network has them for each tensor' "$(cat "$seen/stderr")"
most=1e-4
for order in big fortran; do
    name=$order
    "$TOOL_TEST_HELPER" $order float.npy maps.npy || fail "$order"
    run decode maps.npy
    peaks $wanted
    run compare float.npy maps.npy
    is "$order: the same values" 0 $status
done
# Offset maps, in two files and in one.
for convention in mmpose_combined deeplabcut posenet; do
    name="offsets, $convention"
    works encode --convention $convention --sigma 2 --point 10.3,20.6 --point 30.8,40.1,1 --input 256x192 --offsets dx.npy,dy.npy -o maps.npy
    run decode maps.npy --convention $convention --input 256x192 --offsets dx.npy,dy.npy --threshold any
    most=0.01
    peaks 10.3,20.6,30.8,40.1
done
works encode --convention mmpose_combined --sigma 2 --point 12.3,20.6 --point 30.8,40.1,1 --offsets dx.npy,dy.npy -o maps.npy
run decode maps.npy --convention mmpose_combined --offsets dx.npy,dy.npy
cp "$seen/stdout" "$in/two_files"
{ dd if=dx.npy bs=1 count=128 2>/dev/null | sed 's/(2, 64, 48), }/(4, 64, 48), }/'; dd if=dx.npy bs=128 skip=1 2>/dev/null; dd if=dy.npy bs=128 skip=1 2>/dev/null; } >both.npy
run decode maps.npy --convention mmpose_combined --offsets both.npy --offset-order xxyy
same "$in/two_files" "$seen/stdout"
# Fortran order under another layout; a volume of nine sides; an explicit chw of four.
name='fortran, hwc'
# shellcheck disable=SC2086
works encode --convention udp $three --layout hwc -o hwc.npy
"$TOOL_TEST_HELPER" fortran hwc.npy maps.npy || fail fortran
most=1e-3
run decode maps.npy --layout hwc
peaks $wanted
"$TOOL_TEST_HELPER" fortran float.npy turned.npy || fail fortran
{ dd if=turned.npy bs=1 count=128 2>/dev/null | sed 's/(3, 64, 48), }/(1,3,64,48), }/'; dd if=turned.npy bs=128 skip=1 2>/dev/null; } >maps.npy
run decode maps.npy
is 'fortran of four sides: status' 2 $status
is 'fortran of four sides' 'cvheatmap: maps.npy is in Fortran order and has 4 sides; numpy.ascontiguousarray makes it readable' "$(cat "$seen/stderr")"
name='nine sides'
{ dd if=float.npy bs=1 count=128 2>/dev/null | sed 's/(3, 64, 48), }          /(1,1,1,1,1,1,3,64,48), }/'; dd if=float.npy bs=128 skip=1 2>/dev/null; } >maps.npy
run decode maps.npy
peaks $wanted
name='chw of four sides'
# shellcheck disable=SC2086 # several words
works encode --convention udp $three --layout nchw -o maps.npy
run decode maps.npy --layout chw
is 'chw: no image column' map "$(sed -n '1s/,.*//p' "$seen/stdout")"
peaks $wanted
# Two sides under hwc; another name for the header's parts; an array of scalars a map; shapes that are said, and those that are not.
sides() { # sides SHAPE: an array of zeros of these sides
    h="{'descr': '|u1', 'fortran_order': False, 'shape': ($1), }"
    { printf '\223NUMPY\001\000\166\000%-117s\n' "$h"; dd if=/dev/zero bs=$(($(echo "$1" | sed 's/, */*/g'))) count=1 2>/dev/null; } >sides.npy
}
looks() { sides "$1" && run decode sides.npy --decoder argmax && is "[$1]: what it looks like" "$2" "$(sed 's/^cvheatmap: //' "$seen/stderr")"; }
for shape in '64, 48' '17, 64, 48' '1, 17, 64, 48' '2, 133, 64, 48' '64, 64, 48' '1, 18, 46, 46' '1, 17, 33, 23' '1, 68, 64, 64' '1, 16, 8, 8' '1, 1, 9, 8'; do looks "$shape" ''; done
looks '64, 48, 17' 'sides.npy is taken for 64 maps of 48x17; are they 17 maps of 64x48, --layout hwc?'
looks '64, 48, 1' 'sides.npy is taken for 64 maps of 48x1; are they 1 map of 64x48, --layout hwc?'
looks '1, 64, 48, 33' 'sides.npy is taken for 64 maps of 48x33; are they 33 maps of 64x48, --layout nhwc?'
looks '1, 46, 46, 19' 'sides.npy is taken for 46 maps of 46x19; are they 19 maps of 46x46, --layout nhwc?'
looks '1, 56, 56, 68' 'sides.npy is taken for 56 maps of 56x68; are they 68 maps of 56x56, --layout nhwc?'
looks '17, 3072' 'sides.npy is taken for 1 map of 17x3072; are they 17 maps, one a row? numpy.reshape makes [maps][rows][cols] of them'
looks '3072, 17' 'sides.npy is taken for 1 map of 3072x17; are they 17 maps, one a column? numpy.reshape makes [maps][rows][cols] of them'
for shape in '1, 400' '400, 1' '48, 640'; do looks "$shape" ''; done
volume='are slices of volumes, the depth is not decoded'
looks '1, 192, 16, 16' "each map of 16x16 is decoded by itself: where they $volume"
looks '1, 3, 16, 8, 8' "each map of 8x8 is decoded by itself: where they $volume"
rm sides.npy
# Scores before the sigmoid: negative without a shape, and a remark; with --sigmoid as drawn.
name=logit
# shellcheck disable=SC2086
works encode --convention udp $three --sigmoid -o maps.npy
run decode maps.npy --sigmoid
most=0.02
peaks $wanted
run compare float.npy maps.npy --sigmoid
is 'logits are other values' 1 $status
works encode --convention udp --point 20.4,30.2 -o one.npy
"$TOOL_TEST_HELPER" change add one.npy minus.npy -3 || fail 'change'
run decode minus.npy
is 'logit: a remark' 'cvheatmap: 1 of 1 peaks have no shape, and samples go down to -3: are they a network'"'"'s scores? --sigmoid reads those' "$(cat "$seen/stderr")"
most=0.25
run decode minus.npy --sigmoid --decoder newton
peaks 20.4,30.2
# Sharp ones keep their shape, and are said as well.
run decode maps.npy
is 'scores with a shape' 'cvheatmap: samples go from -13.8 to *' "$(sed 's/ to [0-9.]*: are they.*/ to */' "$seen/stderr")"
# Maps that went through it already have no scores below 0; a quantised tensor without its scale and zero.
run decode float.npy --sigmoid
is 'a sigmoid too many' 'cvheatmap: no sample is below 0: have the maps been through a sigmoid before --sigmoid?' "$(cat "$seen/stderr")"
# shellcheck disable=SC2086
works encode --convention udp $three --depth 8s --scale 0.00392156862745098 --zero -128 -o quantised.npy
run decode quantised.npy
is 'a quantised tensor' 'cvheatmap: quantised.npy holds whole numbers from -128 on: is it quantised? --scale and --zero make values of them' "$(cat "$seen/stderr")"
run decode quantised.npy --zero -128
is 'a quantised tensor with its zero' '' "$(cat "$seen/stderr")"
name=posenet_logits # of several keypoints on maps of 25x25, noisy; most peaks end without a shape, which is said
printf '10.6,4.4,0\n10.9,4.0,1\n11.8,12.1,2\n10.3,16.2,3\n3.7,20.5,4\n' >"$in/logits.csv"
works encode --convention udp --size 25x25 --sigma 1.05 --ksize inf --points "$in/logits.csv" --sigmoid -o drawn.npy
"$TOOL_TEST_HELPER" change noise drawn.npy logits.npy 0.3 || fail 'change'
run decode logits.npy
case $(cat "$seen/stderr") in 'cvheatmap: '[345]' of 5 peaks have no shape, and samples go down to -14'*'--sigmoid reads those') ;; *) fail "logits: $(cat "$seen/stderr")" ;; esac
run decode logits.npy --quiet
is 'logits, --quiet' '' "$(cat "$seen/stderr")"
run decode logits.npy --sigmoid
most=0.2
peaks 10.6,4.4,10.9,4,11.8,12.1,10.3,16.2,3.7,20.5
# Two balls in noise: a threshold finds them, and them alone.
name=ball_noise
works encode --convention udp --size 72x128 --sigma 3 --point 80.3,30.6 --point 20,50 -o balls.npy
"$TOOL_TEST_HELPER" change noise balls.npy noisy.npy 0.1 || fail 'change'
run decode noisy.npy --peaks --threshold 0.3 --radius 3
most=0.1
peaks 80.3,30.6,20,50
# Clamped at a ceiling, and a ball as a disc.
name=clipped_sigma3_x1.5
works encode --convention udp --ksize inf --sigma 3 --peak 1.5 --size 32x32 --point 15.3,16.4 -o whole.npy
"$TOOL_TEST_HELPER" change clamp whole.npy clipped.npy 1 || fail 'change'
run decode clipped.npy
most=1e-4
peaks 15.3,16.4
name=tracknet_disc # the 21 samples within sqrt(5) pixels: exp(-5.5 / 18) is between the last ones in and the first ones out
works encode --convention udp --size 72x128 --sigma 3 --point 80,30 -o whole.npy
"$TOOL_TEST_HELPER" change above whole.npy disc.npy 0.7367 || fail 'change'
run decode disc.npy
peaks 80,30
name=openpose_add
works encode --convention openpose_add --input 368x368 --size 368x368 --point 180,180 --point 182,180 -o two.npy
run decode two.npy
peaks 181,180
# CPM's maps: a coarse grid, enlarged four times by straight lines, whose largest sample is one of the grid's and not the
# nearest to the keypoint: 1.6 and 1.2 pixels from it, and 1.8 and 2.
most=0.1
for case in cpm_good_first_fit_discarded:9.4,8.7:37.6,34.8 cpm_step_longer_than_2px:11.45,5.505:45.8,22.02; do
    name=${case%%:*}
    point=${case#*:}
    works encode --convention udp --sigma 0.8 --ksize inf --peak 0.8 --size 24x24 --point "${point%:*}" -o coarse.npy
    "$TOOL_TEST_HELPER" enlarge coarse.npy large.npy || fail 'enlarge'
    run decode large.npy
    peaks "${point#*:}"
done
name=posenet_sigmoid_neighbour # nearly as high, four pixels to the right
printf 'x,y,peak\n9.74,17.45,0.82\n13.9,17.6,0.75\n' >"$in/neighbours.csv"
works encode --convention udp --sigma 0.92 --ksize inf --overlap max --size 25x25 --points "$in/neighbours.csv" -o two.npy
run decode two.npy
peaks 9.74,17.45
run decode two.npy --peaks --threshold 0.5
peaks 9.74,17.45,13.9,17.6
# Rows and columns of --input exchanged.
printf '900,300\n1000,600\n' >"$in/ball.csv"
remarks '0 of 2 keypoints drawn; 2 off the map
cvheatmap: every keypoint is off the map: --input is ROWSxCOLS, height first; is 1280x720 meant to be 720x1280?' \
    encode --points "$in/ball.csv" --input 1280x720 --size 90x160 -o maps.npy
works encode --points "$in/ball.csv" --input 720x1280 --size 90x160 -o maps.npy
# The same where some of them are on it.
across='--input is ROWSxCOLS, height first, and maps of 64x48 are another shape: is 192x256 meant to be 256x192?'
remarks "$across" encode --convention udp --input 192x256 --point 90,80 -o maps.npy
run decode maps.npy --input 192x256
is 'decode: sides exchanged' "cvheatmap: $across" "$(cat "$seen/stderr")"
works encode --convention udp --input 256x256 --point 90,80 -o maps.npy

finish
