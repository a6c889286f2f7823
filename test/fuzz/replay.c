/* SPDX-License-Identifier: Apache-2.0
 * A fuzz target without a fuzzer: runs it on every file of the folders that it is given. */
#define _DEFAULT_SOURCE
#include <dirent.h>

#include "fuzz.h"

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

static uint8_t bytes[1 << 20];

static int replay_file(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file) return perror(path), EXIT_FAILURE;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    uint8_t *exact =
        malloc(size ? size : 1); /* of the input's own size, so that AddressSanitizer sees what is read behind it */
    if (!exact) return EXIT_FAILURE;
    memcpy(exact, bytes, size);
    (void)LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    int count = 0;
    if (LLVMFuzzerInitialize) (void)LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (!folder) return perror(argv[i]), EXIT_FAILURE;
        for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
            if (entry->d_name[0] == '.') continue;
            if (replay_file(argv[i], entry->d_name)) return EXIT_FAILURE;
            count++;
        }
        closedir(folder);
    }
    printf("%d inputs replayed\n", count);
    return count > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
