# SPDX-License-Identifier: Apache-2.0
# Output files: whole under their final name, or not there. Pipes, full disks, signals, a progress bar.
. "$(dirname "$0")/common.sh"
"$TOOL_TEST_HELPER" people 300 >"$in/people.json"
"$CVHEATMAP" encode --quiet --coco "$in/people.json" -o "$in/people.npy" || fail 'encode'

# ------------------------------------------------------------------------------------------------------ pipes and devices
"$CVHEATMAP" encode --quiet --coco "$in/people.json" -o /dev/stdout | cmp - "$in/people.npy" || fail '-o /dev/stdout into a pipe'
"$CVHEATMAP" encode --quiet --coco "$in/people.json" -o /dev/stdout >stdout.npy || fail '-o /dev/stdout into a file'
same stdout.npy "$in/people.npy"
mkfifo fifo named.npy
"$CVHEATMAP" encode --quiet --coco "$in/people.json" -o fifo &
cmp - "$in/people.npy" <fifo || fail '-o fifo'
wait $! || fail '-o fifo: status'
is 'no weights beside a fifo without extension' 'fifo named.npy stdout.npy' "$(echo *)"
"$CVHEATMAP" encode --quiet --coco "$in/people.json" -o named.npy &
cmp - "$in/people.npy" <named.npy || fail '-o named.npy'
wait $! || fail '-o named.npy: status'
same named.weights.npy "$in/people.weights.npy"
[ -p named.npy ] || fail 'the fifo was replaced'
rm -f fifo named.npy ./*.npy

# A reader that leaves: exit status 2 and one line, no death by SIGPIPE.
mkfifo fifo
: <fifo &
run encode --quiet --coco "$in/people.json" -o fifo
is 'closed pipe: status' 2 $status
is 'closed pipe: message' 'cvheatmap: cannot write to fifo: Broken pipe' "$(cat "$seen/stderr")"
rm -f fifo
# The weights' reader leaves after the header, and only then the maps' begins.
mkfifo maps.npy maps.weights.npy
(dd bs=128 count=1 of=/dev/null <maps.weights.npy 2>/dev/null; cat <maps.npy >/dev/null) &
run encode --quiet --coco "$in/people.json" -o maps.npy
is 'closed pipe of the weights: status' 2 $status
is 'closed pipe of the weights' 'cvheatmap: cannot write to maps.weights.npy: Broken pipe' "$(cat "$seen/stderr")"
# A fifo of its own for the next: the reader of this one may not have seen its end yet, and would take what comes then.
rm -f maps.npy maps.weights.npy
mkfifo maps.npy
# What took the final name meanwhile stays, and nothing else: the temporary file goes.
(
    # shellcheck disable=SC2010 # names of ours
    until ls | grep -q 'maps.weights.npy.'; do sleep 0.1; done
    mkdir maps.weights.npy
    cat <maps.npy >/dev/null
) &
run encode --quiet --coco "$in/people.json" -o maps.npy
is 'a folder of that name: status' 2 $status
is 'a folder of that name' 'cvheatmap: cannot write to maps.weights.npy: Is a directory' "$(cat "$seen/stderr")"
is 'what is left' 'maps.npy maps.weights.npy' "$(echo *)"
rm -rf ./*
if [ -c /dev/full ]; then
    refuse 'cannot write to /dev/full: No space left on device' encode -o /dev/full
    "$CVHEATMAP" crosscheck >/dev/full 2>"$seen/stderr"
    is 'report to a full disk: status' 2 $?
    is 'report to a full disk' 'cvheatmap: cannot write to stdout: No space left on device' "$(cat "$seen/stderr")"
    "$CVHEATMAP" encode --help >/dev/full 2>"$seen/stderr"
    is 'help to a full disk: status' 2 $?
    "$CVHEATMAP" conventions >/dev/full 2>"$seen/stderr" # more than stdio holds back
    is 'the table to a full disk: status' 2 $?
    is 'the table to a full disk' 'cvheatmap: cannot write to stdout: No space left on device' "$(cat "$seen/stderr")"
    refuse 'cannot write to /dev/full: No space left on device' encode --quiet --coco "$in/people.json" -o /dev/full
    ln -s /dev/full "$in/full.png"
    refuse "cannot write to $in/full.png: No space left on device" encode -o "$in/full.png"
    refuse "cannot write to $in/full.png: No space left on device" crosscheck -o "$in/full.png"
    printf '{"annotations": [{"bbox": [0,0,9,9], "keypoints": [1,2,2]}]}' >"$in/one.json"
    "$CVHEATMAP" encode --quiet --coco "$in/one.json" -o "$in/one.npy" || fail encode
    ln -s /dev/full "$in/full.json"
    refuse "cannot write to $in/full.json: No space left on device" decode "$in/one.npy" --coco "$in/one.json" -o "$in/full.json"
    refuse 'cannot create absent/a.json: No such file or directory' decode "$in/one.npy" --coco "$in/one.json" -o absent/a.json
    refuse 'cannot create absent/dx.npy: No such file or directory' encode -o a.npy --offsets absent/dx.npy,dy.npy
    refuse "cannot write to /dev/full: No space left on device" encode -o a.npy --offsets /dev/full,dy.npy
    refuse "cannot write to /dev/full: No space left on device" encode -o a.npy --offsets dx.npy,/dev/full
    ln -s /dev/full "$in/full_y.npy"
    refuse "cannot write to $in/full_y.npy: No space left on device" encode --convention simcc_mmpose -o "x.npy,$in/full_y.npy"
    refuse 'cannot create absent/x.weights.npy: No such file or directory' encode --convention simcc_mmpose -o absent/x.npy,y.npy
    ln -s /dev/full "$in/full_x.npy"
    refuse "cannot write to $in/full_x.npy: No space left on device" encode --convention simcc_mmpose -o "$in/full_x.npy,y.npy"
    rm -f "$in/full_x.weights.npy"
    refuse 'cannot create absent/y.npy: No such file or directory' encode --convention simcc_mmpose -o x.npy,absent/y.npy
    refuse 'cannot create absent/dy.npy: No such file or directory' encode -o a.npy --offsets dx.npy,absent/dy.npy
    for side in expected actual; do
        ln -s /dev/full "$in/k-$side.npy"
        refuse "cannot write to $in/k-$side.npy: No space left on device" crosscheck --keep "$in/k"
        rm -f "$in"/k-*
    done
    ln -s /dev/full "$in/full.weights.npy"
    refuse "cannot write to $in/full.weights.npy: No space left on device" encode --quiet --coco "$in/people.json" -o "$in/full.npy"
    is 'no maps beside weights that cannot be written' '' "$(cd "$in" && ls full.npy* 2>/dev/null)"
fi

# ------------------------------------------------------------------------------------------------------------------ files
refuse 'cannot create absent/a.weights.npy: No such file or directory' encode -o absent/a.npy
refuse 'cannot create absent/a.png: No such file or directory' crosscheck -o absent/a.png
mkdir "$in/folder.npy"
refuse "cannot create $in/folder.npy: Is a directory" encode -o "$in/folder.npy"
CVHEATMAP_LIMITED=$CVHEATMAP
bound() { # the next runs are bound by a file's mode, as nobody but root is free of it
    printf '#!/bin/sh\nexec "%s" bound "%s" "$@"\n' "$TOOL_TEST_HELPER" "$CVHEATMAP_LIMITED" >"$in/bound"
    chmod +x "$in/bound"
    CVHEATMAP=$in/bound
}
bound
run --version
if [ $status -ne 77 ]; then
    mkdir "$in/locked" && chmod 500 "$in/locked"
    refuse "cannot create $in/locked/a.weights.npy: Permission denied" encode -o "$in/locked/a.npy"
    refuse "cannot create $in/locked/a.png: Permission denied" encode -o "$in/locked/a.png"
    refuse "cannot create $in/locked/a.png: Permission denied" crosscheck -o "$in/locked/a.png"
    is 'nothing in the folder' '' "$(ls -A "$in/locked")"
    printf 'before' >"$in/locked.npy" && chmod 400 "$in/locked.npy"
    refuse "cannot create $in/locked.npy: Permission denied" encode -o "$in/locked.npy"
    is 'the file that must not be written' before "$(cat "$in/locked.npy")"
else
    printf 'root without CAP_SETPCAP: folders that may not be written are left out\n'
fi
CVHEATMAP=$CVHEATMAP_LIMITED
"$CVHEATMAP" encode -o /dev/stdout >&- 2>"$seen/stderr"
is 'a closed stdout: status' 2 $?
is 'a closed stdout' 'cvheatmap: cannot create /dev/stdout: Bad file descriptor' "$(cat "$seen/stderr")"
limited() { # the next runs may write files of 100 blocks at most
    printf '#!/bin/sh\nulimit -f 100\nexec "%s" "$@"\n' "$CVHEATMAP_LIMITED" >"$in/limited"
    chmod +x "$in/limited"
    CVHEATMAP=$in/limited
}
limited
refuse 'cannot write to a.npy: File too large' encode --quiet --coco "$in/people.json" -o a.npy
refuse 'cannot write to dx.npy: File too large' encode --quiet --coco "$in/people.json" --offsets dx.npy,/dev/null -o /dev/null
refuse 'cannot write to dy.npy: File too large' encode --quiet --coco "$in/people.json" --offsets /dev/null,dy.npy -o /dev/null
refuse 'cannot write to x.npy: File too large' encode --quiet --coco "$in/people.json" --convention simcc_mmpose -o x.npy,y.npy
mkfifo "$in/x.npy" && { cat "$in/x.npy" >/dev/null & }
refuse 'cannot write to y.npy: File too large' encode --quiet --coco "$in/people.json" --convention simcc_mmpose -o "$in/x.npy,y.npy"
rm -f "$in"/x*.npy
refuse 'cannot write to k-expected.npy: File too large' crosscheck --quiet --coco "$in/people.json" --keep k
refuse 'cannot write to k-expected.npy: File too large' crosscheck --size 1024x1024 --keep k
awk 'BEGIN { print "x,y,map"; for (i = 40000; i > 0; i--) print "1,1," i }' >"$in/falling.csv"
refuse 'cannot write to a.weights.npy: File too large' encode --quiet --size 1x1 --points "$in/falling.csv" --depth 8u -o a.npy
awk 'BEGIN { print "frame,x,y"; for (i = 0; i < 60000; i++) print i ",1,1" }' >"$in/frames.csv"
refuse 'cannot write to a.weights.npy: File too large' encode --quiet --size 1x1 --points "$in/frames.csv" --depth 8u -o a.npy
refuse 'cannot write to a.png: File too large' encode --size 1024x1024 --sigma 300 --ksize 1401 -o a.png
printf 'before' >"$in/kept.npy"
refuse "cannot write to $in/kept.npy: File too large" encode --quiet --coco "$in/people.json" -o "$in/kept.npy"
is 'the file that was there' before "$(cat "$in/kept.npy")"
is 'and no other' kept.npy "$(cd "$in" && echo kept*)"
CVHEATMAP=$CVHEATMAP_LIMITED
printf 'before' >kept.npy
ln -s kept.npy link.npy
(umask 027 && "$CVHEATMAP" encode -o link.npy && "$CVHEATMAP" encode -o new.npy) || fail 'encode -o link.npy'
same kept.npy new.npy
# shellcheck disable=SC2012 # what ls says is what is tested
is 'a link stays a link' 'kept.npy' "$(ls -l link.npy | sed 's/.*-> //')"
# shellcheck disable=SC2012 # here too
is 'the mode is the umask'"'"'s' '-rw-r-----' "$(ls -l new.npy | sed 's/^\(.\{10\}\).*/\1/')"
long=$(printf '%0300d' 0)
rm -f ./*
refuse "cannot create *: File name too long" encode -o "$long.npy"
long=$(printf '%02041d' 0 | sed 's|0|./|g')maps.npy # a path that is open to the maps and too long for the weights beside them
refuse '-o is longer than 4087 bytes' encode --quiet --coco "$in/people.json" -o "$long"

# ---------------------------------------------------------------------------------------------------------------- signals
# The fifo blocks the program while the weights' temporary file lies beside it.
for signal in INT TERM HUP; do
    case $signal in INT) number=2 ;; TERM) number=15 ;; HUP) number=1 ;; esac
    mkfifo maps.npy
    "$TOOL_TEST_HELPER" interruptible "$CVHEATMAP" encode --quiet --coco "$in/people.json" -o maps.npy 2>"$seen/stderr" &
    pid=$!
    tries=0
    # shellcheck disable=SC2010,SC2143 # names of ours
    while [ -z "$(ls | grep weights)" ] && [ $tries -lt 100 ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    # shellcheck disable=SC2010 # names of ours
    is "$signal: the temporary file" 1 "$(ls | grep -c 'maps.weights.npy.')"
    kill -s $signal $pid
    wait $pid
    is "$signal: ended by it" $((128 + number)) $?
    is "$signal: what is left" maps.npy "$(echo *)"
    rm -f maps.npy
done

# --------------------------------------------------------------------------------------------------------------- progress
# A reader that starts late makes the run long enough to be worth a bar.
mkfifo fifo
(sleep 1 && cat >/dev/null) <fifo &
"$TOOL_TEST_HELPER" terminal "$CVHEATMAP" encode --quiet --coco "$in/people.json" -o fifo >"$seen/terminal"
is 'on a terminal: status' 0 $?
grep -q '\.* *[0-9]*%  [0-9]* of 300 people' "$seen/terminal" || fail "no progress bar: $(cat "$seen/terminal")"
awk 'BEGIN { print "frame,x,y"; for (i = 0; i < 400000; i++) print int(i / 4000) ",1,1" }' >"$in/frames.csv"
"$TOOL_TEST_HELPER" terminal "$CVHEATMAP" encode --size 4x4 --points "$in/frames.csv" -o /dev/null >"$seen/terminal"
is 'a table on a terminal: status' 0 $?
rm -f fifo
mkfifo fifo
(sleep 1 && cat >/dev/null) <fifo &
run encode --quiet --coco "$in/people.json" -o fifo
is 'elsewhere: status' 0 $status
is 'elsewhere: not a word' '' "$(cat "$seen/stderr" "$seen/stdout")"

# No file that is read is written over: COCO's annotations by their results, a photograph by its crop; a link is the same file.
"$CVHEATMAP" encode --quiet --raw --size 24x24 -o "$in/photo.png" || fail 'a photograph'
cp "$in/people.json" mine.json
cp "$in/photo.png" mine.png
ln -s mine.json linked.json
own() { # own NAME ARGUMENTS...: refused, and the file is what it was
    name=$1
    shift
    run "$@"
    is "$name: status" 2 $status
    is "$name: said" "cvheatmap: '$name' is read; what is written is a file of its own" "$(cat "$seen/stderr")"
    same mine.json "$in/people.json"
    same mine.png "$in/photo.png"
}
own mine.json decode "$in/people.npy" --coco mine.json -o mine.json
own ./mine.json decode "$in/people.npy" --coco mine.json -o ./mine.json
own linked.json decode "$in/people.npy" --coco mine.json -o linked.json
own mine.png crop mine.png --rule hrnet --input 8x8 -o mine.png
own mine.png encode --point 3,4 --over mine.png --quiet -o mine.png
run decode "$in/people.npy" --coco mine.json -o results.json
is 'results beside the annotations: status' 0 $status
rm -f ./*

finish
