// Counts words: the ten most frequent of the named files, or of standard input.
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1 << 16, LONGEST = 63, SHOWN = 10 };

struct entry {
    char word[LONGEST + 1];
    int count;
};

static struct entry table[SLOTS];
static long lines, total, distinct;

static struct entry *find(const char *word)
{
    unsigned h = 2166136261u;
    for (const char *p = word; *p; p++)
        h = (h ^ (unsigned char) *p) * 16777619u;
    for (;; h++) {
        struct entry *e = &table[h % SLOTS];
        if (!e->count || strcmp(e->word, word) == 0)
            return e;
    }
}

static void count(const char *word)
{
    struct entry *e = find(word);
    if (!e->count) {
        if (distinct == SLOTS / 2) {
            fputs("words: too many different words\n", stderr);
            exit(1);
        }
        strcpy(e->word, word);
        distinct++;
    }
    e->count++;
    total++;
}

static void read_words(FILE *in)
{
    char word[LONGEST + 1];
    int length = 0;
    for (int c; (c = getc(in)) != EOF;) {
        lines += c == '\n';
        if (isalpha(c) && length < LONGEST) {
            word[length++] = (char) tolower(c);
        } else if (length) {
            word[length] = 0;
            count(word);
            length = 0;
        }
    }
    if (length) {
        word[length] = 0;
        count(word);
    }
}

static int more_frequent(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return x->count != y->count ? y->count - x->count : strcmp(x->word, y->word);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        read_words(stdin);
    for (int i = 1; i < argc; i++) {
        FILE *in = fopen(argv[i], "r");
        if (!in) {
            perror(argv[i]);
            return 1;
        }
        read_words(in);
        fclose(in);
    }
    qsort(table, SLOTS, sizeof *table, more_frequent);
    printf("%ld lines, %ld words, %ld different\n", lines, total, distinct);
    for (int i = 0; i < SHOWN && table[i].count; i++)
        printf("%6d %s\n", table[i].count, table[i].word);
    return 0;
}
