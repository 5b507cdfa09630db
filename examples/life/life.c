// Conway's Game of Life on a torus, from a glider and a few friends: life [GENERATIONS [--film]].
// Prints the last generation, or with --film each one.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { W = 48, H = 20 };

static const char *const start[] = {
    ".#......................##......................",
    "..#.....................##......................",
    "###.............................................",
    "................................................",
    "..............###...............................",
    "................................................",
    "......................................##........",
    ".....................................##.........",
    "......................................#.........",
};

static unsigned char now[H][W], next[H][W];

static int neighbours(int y, int x)
{
    int n = 0;
    for (int dy = H - 1; dy <= H + 1; dy++)
        for (int dx = W - 1; dx <= W + 1; dx++)
            n += now[(y + dy) % H][(x + dx) % W];
    return n - now[y][x];
}

static void step(void)
{
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            int n = neighbours(y, x);
            next[y][x] = n == 3 || (n == 2 && now[y][x]);
        }
    memcpy(now, next, sizeof now);
}

static void show(int generation)
{
    int alive = 0;
    for (int y = 0; y < H; y++) {
        for (int x = 0; x < W; x++) {
            putchar(now[y][x] ? '#' : '.');
            alive += now[y][x];
        }
        putchar('\n');
    }
    printf("generation %d, %d alive\n", generation, alive);
}

int main(int argc, char **argv)
{
    int generations = argc > 1 ? atoi(argv[1]) : 200;
    int film = argc > 2 && strcmp(argv[2], "--film") == 0;
    for (size_t y = 0; y < sizeof start / sizeof *start; y++)
        for (int x = 0; x < W; x++)
            now[y][x] = start[y][x] == '#';
    for (int g = 0; g < generations; g++) {
        if (film)
            show(g);
        step();
    }
    show(generations);
    return 0;
}
