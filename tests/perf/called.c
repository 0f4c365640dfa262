/* Preloaded into the bot, writes which of its functions are called: a breakpoint at each address of the file CALLED_IN, taken away when it is
   reached; CALLED_OUT counts them in its first 32-bit word, and then has their addresses. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

enum { BREAKPOINT = 0xCC, LIMIT = 1 << 20 };

static uint8_t *replaced;
static uintptr_t first, last;
static uint32_t *called;

static void reached(int number, siginfo_t *information, void *context)
{
    (void)number, (void)information;
    greg_t *at = &((ucontext_t *)context)->uc_mcontext.gregs[REG_RIP];
    uintptr_t address = (uintptr_t)*at - 1;
    if (address < first || address > last || replaced[address - first] == 0) {
        _exit(99);
    }
    /* Another thread may have been here meanwhile. */
    if (__atomic_exchange_n((uint8_t *)address, replaced[address - first], __ATOMIC_SEQ_CST) == BREAKPOINT) {
        called[1 + __atomic_fetch_add(called, 1, __ATOMIC_SEQ_CST)] = (uint32_t)address;
    }
    *at = (greg_t)address;
}

__attribute__((constructor)) static void begin(void)
{
    unsetenv("LD_PRELOAD");
    FILE *addresses = fopen(getenv("CALLED_IN"), "r");
    int out = open(getenv("CALLED_OUT"), O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (addresses == NULL || out < 0 || ftruncate(out, LIMIT * sizeof *called) < 0 || fscanf(addresses, "%lx %lx", &first, &last) != 2) {
        _exit(98);
    }
    uintptr_t page = first & ~(uintptr_t)4095;
    called = mmap(NULL, LIMIT * sizeof *called, PROT_READ | PROT_WRITE, MAP_SHARED, out, 0);
    replaced = mmap(NULL, last - first + 1, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (called == MAP_FAILED || replaced == MAP_FAILED || mprotect((void *)page, last + 1 - page, PROT_READ | PROT_WRITE | PROT_EXEC) < 0) {
        _exit(98);
    }
    struct sigaction action = { .sa_sigaction = reached, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART };
    sigaction(SIGTRAP, &action, NULL);
    uintptr_t address;
    while (fscanf(addresses, "%lx", &address) == 1) {
        uint8_t *code = (uint8_t *)address;
        replaced[address - first] = *code;
        *code = BREAKPOINT;
    }
    fclose(addresses);
}
