/* Preloaded into the bot. Each part sleeps until its variable names something:
 *   FAULTS_CLOCK    a file of eight bytes: seconds that the wall clock is wrong by. The monotonic clock stays true.
 *   FAULTS_HOSTS    a file of lines "name address", or "name -": what a name resolves to, or that no name server answers.
 *   FAULTS_DURABLE  a folder; beside it, in FOLDER.durable, stands what of its files would be left after a power cut: of each what the last
 *                   fsync of it has seen, under a name whose folder has been synced since it got that name. What is deleted is gone at once. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Debian 12's glibc; the framework asks dlsym for what its own library does not have, and is to find the functions of this file. */
static void *real(void *library, const char *name)
{
    static void *(*ask)(void *, const char *);
    if (!ask)
        ask = (void *(*)(void *, const char *))dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34");
    return ask(library, name);
}

#define REAL(name) ((__typeof__(&name))real(RTLD_NEXT, #name))

static int64_t offset(void)
{
    static volatile const int64_t *wrong;
    static int looked;
    if (!looked) {
        const char *path = getenv("FAULTS_CLOCK");
        int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
        void *map = file < 0 ? MAP_FAILED : mmap(NULL, sizeof *wrong, PROT_READ, MAP_SHARED, file, 0);
        wrong = map == MAP_FAILED ? NULL : map;
        if (file >= 0)
            close(file);
        looked = 1;
    }
    return wrong ? *wrong : 0;
}

int clock_gettime(clockid_t clock, struct timespec *at)
{
    static int (*ask)(clockid_t, struct timespec *);
    if (!ask)
        ask = REAL(clock_gettime);
    int result = ask(clock, at);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        at->tv_sec += offset();
    return result;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return -1;
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at)
{
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0)
        return -1;
    if (at)
        *at = now.tv_sec;
    return now.tv_sec;
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result)
{
    const char *path = getenv("FAULTS_HOSTS");
    FILE *hosts = path && node ? fopen(path, "re") : NULL;
    char name[256], address[256];
    static char found[256];
    if (hosts) {
        while (fscanf(hosts, "%255s %255s", name, address) == 2)
            if (strcmp(name, node) == 0) {
                fclose(hosts);
                if (strcmp(address, "-") == 0)
                    return EAI_AGAIN;
                snprintf(found, sizeof found, "%s", address);
                return REAL(getaddrinfo)(found, service, hints, result);
            }
        fclose(hosts);
    }
    return REAL(getaddrinfo)(node, service, hints, result);
}

static pthread_mutex_t durable = PTHREAD_MUTEX_INITIALIZER;
static struct name { char from[4096], to[4096]; struct name *next; } *unsynced;

/* Where a file of the folder stands in what is durable; 0 for any other file. */
static int place(const char *path, char place[4096])
{
    const char *root = getenv("FAULTS_DURABLE");
    size_t length = root ? strlen(root) : 0;
    if (!length || strncmp(path, root, length) != 0 || path[length] != '/')
        return 0;
    return snprintf(place, 4096, "%s.durable%s", root, path + length) < 4096;
}

static void make_folders(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(path, 0700);
        *slash = '/';
    }
}

static void keep(int file)
{
    char link[64], path[4096], kept[4096], draft[4200], bytes[65536];
    struct stat about;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0 || fstat(file, &about) != 0)
        return;
    path[length] = 0;
    pthread_mutex_lock(&durable);
    if (S_ISDIR(about.st_mode)) {
        for (struct name **at = &unsynced, *name; (name = *at) != NULL;) {
            if (strncmp(name->to, path, (size_t)length) == 0 && name->to[length] == '/' && !strchr(name->to + length + 1, '/')) {
                char from[4096], to[4096];
                if (place(name->from, from) && place(name->to, to)) {
                    make_folders(to);
                    REAL(rename)(from, to);
                }
                *at = name->next;
                free(name);
            } else {
                at = &name->next;
            }
        }
    } else if (place(path, kept)) {
        make_folders(kept);
        snprintf(draft, sizeof draft, "%s.draft", kept);
        /* To close a second descriptor of a file takes the locks of the first: SQLite's files are read by their own. */
        int own = (fcntl(file, F_GETFL) & O_ACCMODE) == O_WRONLY ? open(link, O_RDONLY | O_CLOEXEC) : file;
        int out = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        off_t at = 0;
        ssize_t got;
        while (own >= 0 && out >= 0 && (got = pread(own, bytes, sizeof bytes, at)) > 0) {
            if (write(out, bytes, (size_t)got) != got)
                abort();
            at += got;
        }
        if (own != file)
            close(own);
        close(out);
        REAL(rename)(draft, kept);
    }
    pthread_mutex_unlock(&durable);
}

int fsync(int file)
{
    int result = REAL(fsync)(file);
    if (result == 0 && getenv("FAULTS_DURABLE"))
        keep(file);
    return result;
}

int fdatasync(int file)
{
    int result = REAL(fdatasync)(file);
    if (result == 0 && getenv("FAULTS_DURABLE"))
        keep(file);
    return result;
}

static int named(const char *from, const char *to, int result)
{
    char ignored[4096];
    struct name *name;
    if (result == 0 && place(from, ignored) && place(to, ignored) && (name = malloc(sizeof *name)) != NULL) {
        snprintf(name->from, sizeof name->from, "%s", from);
        snprintf(name->to, sizeof name->to, "%s", to);
        pthread_mutex_lock(&durable);
        name->next = unsynced;
        unsynced = name;
        pthread_mutex_unlock(&durable);
    }
    return result;
}

int rename(const char *from, const char *to)
{
    return named(from, to, REAL(rename)(from, to));
}

int link(const char *from, const char *to)
{
    return named(from, to, REAL(link)(from, to));
}

int unlink(const char *path)
{
    char kept[4096];
    int result = REAL(unlink)(path);
    if (result == 0 && place(path, kept))
        REAL(unlink)(kept);
    return result;
}

void *dlsym(void *restrict library, const char *restrict name)
{
    return strcmp(name, "fsync") == 0 ? (void *)fsync : real(library, name);
}
