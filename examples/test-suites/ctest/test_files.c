#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    char line[64] = "";
    if (argc != 2)
        return 2;
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 1;
    }
    fputs("written by a test\n", out);
    fclose(out);
    FILE *in = fopen(argv[1], "r");
    if (!in || !fgets(line, sizeof line, in))
        return 1;
    fclose(in);
    return strcmp(line, "written by a test\n") == 0 && remove(argv[1]) == 0 ? 0 : 1;
}
