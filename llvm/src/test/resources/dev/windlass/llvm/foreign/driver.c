// Runs one compiled module on a machine without Java: does what the Java side of the boundary does, for
// programs that need a little of WASI. ForeignMachineTest writes module.h, which holds every layout and number.
#define _GNU_SOURCE
#include "module.h"
#include <dlfcn.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGE 65536L
#define STACK_FOR_GUEST (4L << 20)

static _Alignas(64) char context[CONTEXT_SIZE];
static _Alignas(64) char state[STATE_SIZE];
static _Alignas(64) char records[FUNCTIONS][RECORD_SIZE];
static int64_t memory_record[2], table_record[2];
static int64_t table[TABLE_LENGTH + 1];
static int64_t slots[1 << 16];
static void *helpers[HELPERS];
static char *memory;
static int argument_count;
static char **arguments;

static void put64(char *at, int64_t value) { memcpy(at, &value, 8); }
static void put32(char *at, int32_t value) { memcpy(at, &value, 4); }

static int32_t *word(int64_t address) { return (int32_t *)(memory + (uint32_t)address); }

static int args_get(int64_t *a) {
    uint32_t at = a[1];
    for (int i = 0; i < argument_count; i++) {
        *word(a[0] + 4 * i) = at;
        strcpy(memory + at, arguments[i]);
        at += strlen(arguments[i]) + 1;
    }
    return 0;
}

static int args_sizes_get(int64_t *a) {
    int size = 0;
    for (int i = 0; i < argument_count; i++) size += strlen(arguments[i]) + 1;
    *word(a[0]) = argument_count;
    *word(a[1]) = size;
    return 0;
}

static int fd_write(int64_t *a) {
    int written = 0;
    for (int i = 0; i < (int32_t)a[2]; i++) {
        int32_t *buffer = word(a[1] + 8 * i);
        written += write((int32_t)a[0], memory + (uint32_t)buffer[0], buffer[1]);
    }
    *word(a[3]) = written;
    return 0;
}

static int fd_fdstat_get(int64_t *a) {
    memset(word(a[1]), 0, 24);
    *(char *)word(a[1]) = 2; // a character device
    return 0;
}

static void call_import(int number, int64_t *a) {
    const char *name = IMPORTS[number];
    if (!strcmp(name, "args_get")) a[0] = args_get(a);
    else if (!strcmp(name, "args_sizes_get")) a[0] = args_sizes_get(a);
    else if (!strcmp(name, "fd_write")) a[0] = fd_write(a);
    else if (!strcmp(name, "fd_fdstat_get")) a[0] = fd_fdstat_get(a);
    else if (!strcmp(name, "fd_close")) a[0] = 0;
    else if (!strcmp(name, "fd_seek")) a[0] = 70; // not a file
    else if (!strcmp(name, "proc_exit")) exit((int32_t)a[0]);
    else {
        fprintf(stderr, "no import %s\n", name);
        exit(99);
    }
}

// An exception's reference is its address.
struct exception {
    int32_t tag;
    int64_t values[8];
};

static int throw_new(int64_t *a) {
    struct exception *thrown = malloc(sizeof *thrown);
    thrown->tag = a[0];
    memcpy(thrown->values, (void *)a[1], sizeof thrown->values);
    put64(state + EXCEPTION, (int64_t)thrown);
    return STATUS_EXCEPTION;
}

static int matches(int64_t *a) {
    struct exception *caught = (struct exception *)a[1];
    memcpy(state + RESULTS, caught->values, sizeof caught->values);
    return caught->tag == (int32_t)a[0];
}

static int upcall(int64_t id, char *caller, int64_t *a) {
    switch (id) {
    case MEMORY_GROW: {
        int64_t old = memory_record[1] / PAGE;
        int fits = (uint64_t)a[1] <= (uint64_t)(MEMORY_MAX - old);
        memory_record[1] += fits ? a[1] * PAGE : 0;
        a[0] = fits ? old : -1;
        return 0;
    }
    case REF_FUNC:
        a[0] = (int64_t)records[a[0]];
        return 0;
    case THROW:
        return throw_new(a);
    case EXCEPTION_MATCHES:
        a[0] = matches(a);
        return 0;
    case INVOKE_INTERPRETED:
        call_import((int32_t)a[0], (int64_t *)a[1]);
        return 0;
    default:
        fprintf(stderr, "no host call %" PRId64 " from %p\n", id, (void *)caller);
        exit(99);
    }
}

static void fill_memory(const char *module) {
    memory = mmap(0, 1L << 32, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    memory_record[0] = (int64_t)memory;
    memory_record[1] = MEMORY_MIN * PAGE;
    FILE *file = fopen(module, "rb");
    if (memory == MAP_FAILED || !file) {
        perror(module);
        exit(99);
    }
    for (int i = 0; i < DATA_SEGMENTS; i++) {
        fseek(file, DATA[i].source, SEEK_SET);
        if (fread(memory + DATA[i].destination, 1, DATA[i].length, file) != (size_t)DATA[i].length) exit(99);
    }
    fclose(file);
}

static void fill_context(char *cells) {
    const int32_t *cell = (const int32_t *)cells;
    helpers[UPCALL] = upcall;
    helpers[MEMMOVE] = memmove;
    helpers[MEMSET] = memset;
    put64(context + MEMORY0_BASE, (int64_t)memory);
    put64(context + STORE_STATE, (int64_t)state);
    put64(context + HOST_CALLS, (int64_t)helpers);
    put64(context + CONTEXT_MEMORY, (int64_t)memory_record);
    put64(context + CONTEXT_TABLE, (int64_t)table_record);
    for (int i = 0; i < GLOBALS; i++) put64(context + CONTEXT_GLOBALS + 16 * i, GLOBAL[i]);
    for (int i = 0; i < TYPES; i++) put32(context + CONTEXT_TYPES + 4 * i, TYPE_IDS[i]);
    for (int i = 0; i < FUNCTIONS; i++) {
        // A function of the module, or the bridge of its shape for an import.
        int at = i < IMPORTED ? FIRST_SHAPE + PER_SHAPE * FUNCTION[i].shape + 1 : HEADER + i - IMPORTED;
        put64(records[i] + RECORD_CALL, (int64_t)(cells + cell[at]));
        put64(records[i] + RECORD_CONTEXT, (int64_t)context);
        put32(records[i] + RECORD_TYPE_ID, FUNCTION[i].type);
        put32(records[i] + RECORD_NUMBER, i);
        if (i < IMPORTED) put64(context + CONTEXT_FUNCTIONS + 8 * i, (int64_t)records[i]);
    }
    for (int i = 0; i < ELEMENTS; i++) table[ELEMENT[i].index] = (int64_t)records[ELEMENT[i].function];
    table_record[0] = (int64_t)table;
    table_record[1] = TABLE_LENGTH;
    put64(state + SLOT_TOP, (int64_t)slots);
    put64(state + SLOT_END, (int64_t)slots + sizeof slots);
    int64_t limit = (int64_t)&cell - STACK_FOR_GUEST;
    put64(state + STACK_LIMIT, limit);
    put64(state + THREAD_STACK_LIMIT, limit);
}

// driver LIBRARY MODULE ARGUMENTS...
int main(int count, char **words) {
    argument_count = count - 2;
    arguments = words + 2;
    void *library = dlopen(words[1], RTLD_NOW);
    char *cells = library ? dlsym(library, "windlass_table") : 0;
    if (!cells) {
        fprintf(stderr, "%s\n", dlerror());
        return 99;
    }
    fill_memory(words[2]);
    fill_context(cells);
    const int32_t *cell = (const int32_t *)cells;
    int (*enter)(void *, void *, void *, void *, void *) = (void *)(cells + cell[ENTER]);
    void *thunk = cells + cell[FIRST_SHAPE + PER_SHAPE * FUNCTION[START].shape];
    void *code = cells + cell[HEADER + START - IMPORTED];
    int status = enter(thunk, code, context, slots, records[START]);
    if (status) {
        int32_t kind, offset;
        memcpy(&kind, state + TRAP_KIND, 4);
        memcpy(&offset, state + TRAP_OFFSET, 4);
        printf("status %d, trap %d at %d\n", status, kind, offset);
        return 98;
    }
    return 0;
}
