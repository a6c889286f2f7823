/* SPDX-License-Identifier: Apache-2.0 */
#define _POSIX_C_SOURCE 200809L
#include "report.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static FILE *stream;
static int noted;

void failed(const char *format, ...)
{
    FILE *to = stream ? stream : stderr;
    if (++noted > 20) return;
    va_list arguments;
    va_start(arguments, format);
    vfprintf(to, format, arguments);
    va_end(arguments);
    fputc('\n', to);
    fflush(to);
}

int failures(void)
{
    return noted;
}

static void child(FILE *captured, void (*work)(void))
{
    noted = 0;
    stream = fdopen(dup(STDERR_FILENO), "w");
    dup2(fileno(captured), STDOUT_FILENO);
    dup2(fileno(captured), STDERR_FILENO);
    alarm(QUIET_SECONDS);
    work();
    fflush(NULL);
    exit(noted > 100 ? 100 : noted);
}

/* Shows what was captured; returns whether it was anything. */
static int printed(const char *name, FILE *captured)
{
    char text[4096];
    size_t got, all = 0;
    rewind(captured);
    while ((got = fread(text, 1, sizeof text, captured)) > 0) {
        if (all == 0) fprintf(stderr, "%s: something was printed:\n", name);
        fwrite(text, 1, got, stderr);
        all += got;
    }
    return all > 0;
}

int run_quietly(const char *name, void (*work)(void))
{
    FILE *captured = tmpfile();
    if (!captured) return perror("tmpfile"), 1;
    fflush(NULL);
    pid_t process = fork();
    if (process == 0) child(captured, work);
    int status = 0;
    if (process < 0 || waitpid(process, &status, 0) != process) return perror("fork"), fclose(captured), 1;
    int count = 0;
    if (WIFSIGNALED(status)) {
        fprintf(stderr, "%s: ended by signal %d (%s)\n", name, WTERMSIG(status), strsignal(WTERMSIG(status)));
        count = 1;
    } else {
        count = WEXITSTATUS(status);
    }
    count += printed(name, captured);
    fclose(captured);
    if (count) fprintf(stderr, "%s: %d failures\n", name, count);
    return count;
}
