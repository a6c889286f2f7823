/* SPDX-License-Identifier: Apache-2.0
 * JSON as people have it. jansson asks for the text piece by piece; what it would refuse is replaced on the way. */
#include "input/json_text.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/progress.h"

enum { BLOCK = 1 << 16 };

/* A file on its way to jansson. */
typedef struct json_text {
    int file, reason; /* what errno said where reading failed */
    bool started, quoted, escaped;
    const char *word; /* that the text may be about to say: NaN or Infinity; NULL: neither */
    bool minus;       /* a '-' waits for what follows it */
    size_t seen;      /* letters of the word so far */
    progress bar;
    int64_t bytes, bytes_read; /* of the file (0: a pipe), and so far */
    char in[BLOCK];
    char first[2]; /* bytes of the file */
    size_t at, end;
    char out[32]; /* what has been made and not yet been taken */
    size_t out_at, out_end;
} json_text;

static void put(json_text *text, const char *bytes, size_t count)
{
    memcpy(text->out + text->out_end, bytes, count);
    text->out_end += count;
}

/* What looked like a word is none: it stands as it was. */
static void let_go(json_text *text)
{
    if (text->minus) put(text, "-", 1);
    if (text->word) put(text, text->word, text->seen);
    text->minus = false;
    text->word = NULL;
    text->seen = 0;
}

static void take_quoted(json_text *text, char byte)
{
    text->quoted = text->escaped || byte != '"';
    text->escaped = !text->escaped && byte == '\\';
    put(text, &byte, 1);
}

static void take(json_text *text, char byte)
{
    if (text->quoted) {
        take_quoted(text, byte);
        return;
    }
    if (text->word && byte == text->word[text->seen]) {
        if (text->word[++text->seen]) return;
        put(text, "null", 4);
        text->word = NULL;
        text->minus = false;
        text->seen = 0;
        return;
    }
    if (!text->word && (byte == 'N' || byte == 'I')) {
        text->word = byte == 'N' ? "NaN" : "Infinity";
        text->seen = 1;
        return;
    }
    let_go(text);
    text->minus = byte == '-';
    text->quoted = byte == '"';
    if (!text->minus) put(text, &byte, 1);
}

static bool refill(json_text *text)
{
    const ssize_t got = read(text->file, text->in, BLOCK);
    if (got < 0) text->reason = errno;
    text->at = 0;
    text->end = got > 0 ? (size_t)got : 0;
    if (!text->started && text->end >= 3 && !memcmp(text->in, "\xef\xbb\xbf", 3)) text->at = 3;
    if (!text->started) memcpy(text->first, text->in, text->end < 2 ? text->end : 2);
    text->started = true;
    text->bytes_read += got > 0 ? got : 0;
    if (text->bytes) progress_show(&text->bar, text->bytes_read >> 20, text->bytes >> 20);
    if (got <= 0) let_go(text);
    return got > 0;
}

/* How many of the next bytes, `most` at most, mean nothing here and pass as they are. */
static size_t plain_run(const json_text *text, size_t most)
{
    size_t count = 0;
    if (text->word || text->minus || text->escaped) return 0;
    for (; count < most && text->at + count < text->end; ++count) {
        const char byte = text->in[text->at + count];
        if (byte == '"' || (text->quoted ? byte == '\\' : byte == '-' || byte == 'N' || byte == 'I')) break;
    }
    return count;
}

/* jansson's call for up to `size` bytes. */
static size_t read_piece(void *piece, size_t size, void *context)
{
    json_text *text = context;
    char *to = piece;
    size_t count = 0;
    while (count < size) {
        if (text->out_at < text->out_end) {
            to[count++] = text->out[text->out_at++];
            continue;
        }
        text->out_at = text->out_end = 0;
        if (text->at == text->end && !refill(text) && text->out_end == 0) break;
        const size_t run = text->out_end ? 0 : plain_run(text, size - count);
        if (run) memcpy(to + count, text->in + text->at, run);
        count += run;
        text->at += run;
        if (count < size && text->at < text->end) take(text, text->in[text->at++]);
    }
    return text->reason ? (size_t)-1 : count;
}

/* What people take for JSON. */
static const char *other_kind(const json_text *text)
{
    static const struct {
        const char *bytes, *what;
    } others[] = {
        {"PK", "a zip archive; unpack it and read the .json file in it"},
        {"\xff\xfe", "UTF-16; save it as UTF-8"},
        {"\xfe\xff", "UTF-16; save it as UTF-8"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; ++i)
        if (!memcmp(text->first, others[i].bytes, 2)) return others[i].what;
    return text->first[0] == '<' ? "XML; export the annotations as COCO keypoints, which is JSON" : NULL;
}

json_t *json_read(const char *path)
{
    json_text text = {.file = !strcmp(path, "-") ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC)};
    if (text.file < 0) {
        trouble("cannot read %s: %s", path, strerror(errno));
        return NULL;
    }
    json_error_t error;
    struct stat status;
    if (!fstat(text.file, &status) && S_ISREG(status.st_mode)) text.bytes = status.st_size;
    text.bar = progress_start("MB of the file");
    errno = 0;
    json_t *tree = json_load_callback(read_piece, &text, 0, &error);
    const int reason = text.reason ? text.reason : errno == ENOMEM ? ENOMEM : 0;
    progress_end(&text.bar);
    close(text.file);
    if (!tree && reason) trouble("cannot read %s: %s", path, strerror(reason));
    const char *other = other_kind(&text);
    if (!tree && !reason && other) trouble("%s: %s", path, other);
    if (!tree && !reason && !other) trouble("%s:%d:%d: %s", path, error.line, error.column, error.text);
    return tree;
}
