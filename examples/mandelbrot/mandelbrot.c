// Draws the Mandelbrot set with characters: mandelbrot [COLUMNS [ITERATIONS]].
#include <stdio.h>
#include <stdlib.h>

static int escape_time(double cr, double ci, int limit)
{
    double r = 0, i = 0;
    int n = 0;
    while (n < limit && r * r + i * i <= 4) {
        double next = r * r - i * i + cr;
        i = 2 * r * i + ci;
        r = next;
        n++;
    }
    return n;
}

int main(int argc, char **argv)
{
    static const char shades[] = " .:-=+*#%@";
    int columns = argc > 1 ? atoi(argv[1]) : 72;
    int limit = argc > 2 ? atoi(argv[2]) : 1000;
    if (columns < 1 || columns > 10000 || limit < 1) {
        fputs("usage: mandelbrot [COLUMNS [ITERATIONS]]\n", stderr);
        return 2;
    }
    int rows = columns * 3 / 8;
    for (int y = 0; y < rows; y++) {
        for (int x = 0; x < columns; x++) {
            int n = escape_time(-2.2 + 3.2 * x / columns, -1.2 + 2.4 * y / rows, limit);
            putchar(n == limit ? '@' : shades[n % 9]);
        }
        putchar('\n');
    }
    return 0;
}
