/* Preloaded into a program, it writes down every change that the program asks of the files below one folder:
 * RECORDER_FOLDER says which folder, RECORDER_LOG where the record goes. replay.py reads it.
 *
 * Nothing is really forced to the disk: what a power cut would leave of the changes is for the replay to say,
 * and it needs only their order. A mutex around call and record makes that order the true one.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { FILES = 4096, LOG_AT_LEAST = 3000 };

struct record {
    char kind;
    char flag;
    uint16_t path_length;
    int32_t file;
    uint64_t place;
    uint32_t length;
} __attribute__((packed));

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static const char *folder;
static int record_file = -1;
static char watched[FILES];

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("RECORDER_LOG");
    folder = getenv("RECORDER_FOLDER");
    if (!log || !folder) return;
    int low = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (low < 0) abort();
    record_file = fcntl(low, F_DUPFD_CLOEXEC, LOG_AT_LEAST);
    syscall(SYS_close, low);
    if (record_file < 0) abort();
}

static void keep(char kind, char flag, int file, uint64_t place, const char *path, const void *content, size_t length) {
    struct record head = {kind, flag, path ? strlen(path) : 0, file, place, length};
    struct iovec parts[] = {
        {&head, sizeof head}, {(void *)path, head.path_length}, {(void *)content, content ? length : 0}};
    ssize_t whole = parts[0].iov_len + parts[1].iov_len + parts[2].iov_len;
    if (syscall(SYS_writev, record_file, parts, 3) != whole) abort();
}

static int is_watched(int file) {
    return record_file >= 0 && file >= 0 && file < FILES && watched[file];
}

/* The path within the folder, or NULL for what lies elsewhere. The shared memory of SQLite dies with the power. */
static const char *within(int start, const char *path, char *whole) {
    if (record_file < 0 || !path) return NULL;
    if (path[0] == '/') {
        snprintf(whole, PATH_MAX, "%s", path);
    } else {
        char link[64], base[PATH_MAX / 2];
        if (start == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
        else snprintf(link, sizeof link, "/proc/self/fd/%d", start);
        ssize_t length = readlink(link, base, sizeof base - 1);
        if (length < 0) return NULL;
        base[length] = 0;
        snprintf(whole, PATH_MAX, "%s/%s", base, path);
    }
    size_t length = strlen(folder), end = strlen(whole);
    if (strncmp(whole, folder, length) || (whole[length] && whole[length] != '/')) return NULL;
    if (end >= 4 && !strcmp(whole + end - 4, "-shm")) return NULL;
    return whole[length] ? whole + length + 1 : ".";
}

static int opened(int start, const char *path, int flags, mode_t mode) {
    char whole[PATH_MAX];
    const char *name = within(start, path, whole);
    if (!name) return syscall(SYS_openat, start, path, flags, mode);
    pthread_mutex_lock(&one_at_a_time);
    int there = syscall(SYS_faccessat, start, path, F_OK) == 0;
    int file = syscall(SYS_openat, start, path, flags, mode), said = errno;
    if (file >= FILES) abort();
    if (file >= 0) {
        watched[file] = 1;
        keep('o', (there ? 0 : 1) | (flags & O_TRUNC ? 2 : 0), file, 0, name, NULL, 0);
    }
    pthread_mutex_unlock(&one_at_a_time);
    errno = said;
    return file;
}

#define MODE_OF(flags)                                   \
    mode_t mode = 0;                                     \
    if ((flags) & (O_CREAT | O_TMPFILE)) {               \
        va_list rest;                                    \
        va_start(rest, flags);                           \
        mode = va_arg(rest, mode_t);                     \
        va_end(rest);                                    \
    }

int open(const char *path, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int start, const char *path, int flags, ...) { MODE_OF(flags) return opened(start, path, flags, mode); }
int openat64(int start, const char *path, int flags, ...) { MODE_OF(flags) return opened(start, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char *path, mode_t mode) { return creat(path, mode); }
int __open_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __open64_2(const char *path, int flags) { return opened(AT_FDCWD, path, flags, 0); }
int __openat_2(int start, const char *path, int flags) { return opened(start, path, flags, 0); }
int __openat64_2(int start, const char *path, int flags) { return opened(start, path, flags, 0); }

int close(int file) {
    if (!is_watched(file)) return syscall(SYS_close, file);
    pthread_mutex_lock(&one_at_a_time);
    watched[file] = 0;
    keep('c', 0, file, 0, NULL, NULL, 0);
    int done = syscall(SYS_close, file);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

static ssize_t written(int file, const void *content, size_t length, off64_t place, int at_place) {
    if (!is_watched(file))
        return at_place ? syscall(SYS_pwrite64, file, content, length, place) : syscall(SYS_write, file, content, length);
    pthread_mutex_lock(&one_at_a_time);
    if (!at_place) {
        int flags = fcntl(file, F_GETFL);
        place = syscall(SYS_lseek, file, 0, flags & O_APPEND ? SEEK_END : SEEK_CUR);
    }
    ssize_t done = at_place ? syscall(SYS_pwrite64, file, content, length, place) : syscall(SYS_write, file, content, length);
    int said = errno;
    if (done > 0) keep('w', 0, file, place, NULL, content, done);
    pthread_mutex_unlock(&one_at_a_time);
    errno = said;
    return done;
}

ssize_t write(int file, const void *content, size_t length) { return written(file, content, length, 0, 0); }
ssize_t pwrite(int file, const void *content, size_t length, off_t place) { return written(file, content, length, place, 1); }
ssize_t pwrite64(int file, const void *content, size_t length, off64_t place) { return written(file, content, length, place, 1); }

/* Whoever writes several pieces at once is told that the first was written: it comes again with the others. */
ssize_t writev(int file, const struct iovec *pieces, int count) {
    if (!is_watched(file)) return syscall(SYS_writev, file, pieces, count);
    for (int piece = 0; piece < count; piece++)
        if (pieces[piece].iov_len) return written(file, pieces[piece].iov_base, pieces[piece].iov_len, 0, 0);
    return 0;
}

ssize_t pwritev(int file, const struct iovec *pieces, int count, off_t place) {
    ssize_t sum = 0;
    for (int piece = 0; piece < count; piece++) {
        ssize_t done = written(file, pieces[piece].iov_base, pieces[piece].iov_len, place + sum, 1);
        if (done < 0) return sum ? sum : done;
        sum += done;
        if ((size_t)done < pieces[piece].iov_len) break;
    }
    return sum;
}
ssize_t pwritev64(int file, const struct iovec *pieces, int count, off64_t place) { return pwritev(file, pieces, count, place); }

/* Copies inside the kernel would pass unseen: the caller is told there are none, and writes. */
ssize_t sendfile(int to, int from, off_t *place, size_t count) {
    if (!is_watched(to)) return syscall(SYS_sendfile, to, from, place, count);
    errno = ENOTSOCK;
    return -1;
}
ssize_t sendfile64(int to, int from, off64_t *place, size_t count) { return sendfile(to, from, (off_t *)place, count); }
ssize_t copy_file_range(int from, off64_t *start, int to, off64_t *place, size_t count, unsigned flags) {
    if (!is_watched(to)) return syscall(SYS_copy_file_range, from, start, to, place, count, flags);
    errno = EXDEV;
    return -1;
}

int ftruncate(int file, off_t size) {
    if (!is_watched(file)) return syscall(SYS_ftruncate, file, size);
    pthread_mutex_lock(&one_at_a_time);
    int done = syscall(SYS_ftruncate, file, size);
    if (!done) keep('t', 0, file, size, NULL, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
int ftruncate64(int file, off64_t size) { return ftruncate(file, size); }

static int forced_out(int file, long call) {
    if (!is_watched(file)) return syscall(call, file);
    pthread_mutex_lock(&one_at_a_time);
    keep('f', 0, file, 0, NULL, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
    return 0;
}
int fsync(int file) { return forced_out(file, SYS_fsync); }
int fdatasync(int file) { return forced_out(file, SYS_fdatasync); }

static int changed_name(char kind, int start, const char *path, int done_by_flag) {
    char whole[PATH_MAX];
    const char *name = within(start, path, whole);
    pthread_mutex_lock(&one_at_a_time);
    int done = kind == 'm' ? syscall(SYS_mkdirat, start, path, done_by_flag) : syscall(SYS_unlinkat, start, path, done_by_flag);
    int said = errno;
    if (!done && name) keep(kind, 0, -1, 0, name, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
    errno = said;
    return done;
}
int mkdir(const char *path, mode_t mode) { return changed_name('m', AT_FDCWD, path, mode); }
int mkdirat(int start, const char *path, mode_t mode) { return changed_name('m', start, path, mode); }
int unlink(const char *path) { return changed_name('u', AT_FDCWD, path, 0); }
int rmdir(const char *path) { return changed_name('u', AT_FDCWD, path, AT_REMOVEDIR); }
int unlinkat(int start, const char *path, int flags) { return changed_name('u', start, path, flags); }
int remove(const char *path) {
    int done = unlink(path);
    return done && errno == EISDIR ? rmdir(path) : done;
}

int renameat2(int start, const char *path, int end, const char *target, unsigned flags) {
    char old_whole[PATH_MAX], new_whole[PATH_MAX];
    const char *name = within(start, path, old_whole), *next = within(end, target, new_whole);
    if (!name != !next) abort(); /* a file that comes from elsewhere: the replay would not know it */
    pthread_mutex_lock(&one_at_a_time);
    int done = syscall(SYS_renameat2, start, path, end, target, flags), said = errno;
    if (!done && name) keep('r', 0, -1, 0, name, next, strlen(next));
    pthread_mutex_unlock(&one_at_a_time);
    errno = said;
    return done;
}
int renameat(int start, const char *path, int end, const char *target) { return renameat2(start, path, end, target, 0); }
int rename(const char *path, const char *target) { return renameat2(AT_FDCWD, path, AT_FDCWD, target, 0); }
