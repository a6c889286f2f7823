/* SPDX-License-Identifier: Apache-2.0 */
#include "allocator.h"

#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *block);

static _Thread_local bool armed; /* only the thread that armed it: OpenCV's own threads are not the ones under test */
static bool armed_lasting;
static atomic_size_t refused_size;
static atomic_long armed_at, asked, failed, live;

void allocator_arm(long n, bool lasting)
{
    armed_at = n;
    armed_lasting = lasting;
    asked = failed = 0;
    armed = true;
}

long allocator_disarm(void)
{
    armed = false;
    return failed;
}

size_t allocator_refused_size(void)
{
    return refused_size;
}

long allocator_asked(void)
{
    return asked;
}

long allocator_live(void)
{
    return live;
}

static bool refused(size_t size)
{
    if (!armed) return false;
    long number = atomic_fetch_add(&asked, 1) + 1;
    if (number != armed_at && !(armed_lasting && number > armed_at)) return false;
    if (atomic_fetch_add(&failed, 1) == 0) refused_size = size;
    errno = ENOMEM;
    return true;
}

static void *counted(void *block)
{
    if (block) live++;
    return block;
}

void *malloc(size_t size)
{
    return refused(size) ? NULL : counted(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return refused(count * size) ? NULL : counted(__libc_calloc(count, size));
}

void *realloc(void *block, size_t size)
{
    if (refused(size)) return NULL;
    if (block && size) return __libc_realloc(block, size);
    if (block) live--;
    return block ? __libc_realloc(block, size) : counted(__libc_malloc(size));
}

void free(void *block)
{
    if (block) live--;
    __libc_free(block);
}

void *memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size)
{
    return refused(size) ? NULL : counted(__libc_memalign(alignment, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **block, size_t alignment, size_t size);
int posix_memalign(void **block, size_t alignment, size_t size)
{
    void *found = memalign(alignment, size);
    if (!found) return ENOMEM;
    *block = found;
    return 0;
}
