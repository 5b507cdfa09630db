#include "queue.h"

bool queue_put(struct queue *q, int item)
{
    if (q->length == QUEUE_SIZE)
        return false;
    q->items[(q->head + q->length++) % QUEUE_SIZE] = item;
    return true;
}

bool queue_take(struct queue *q, int *item)
{
    if (q->length == 0)
        return false;
    *item = q->items[q->head];
    q->head = (q->head + 1) % QUEUE_SIZE;
    q->length--;
    return true;
}
