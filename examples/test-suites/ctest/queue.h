/* A queue of numbers in a ring of fixed size. */
#include <stdbool.h>

enum { QUEUE_SIZE = 8 };

struct queue {
    int items[QUEUE_SIZE];
    unsigned head, length;
};

bool queue_put(struct queue *q, int item);
bool queue_take(struct queue *q, int *item);
