#include "queue.h"

int main(void)
{
    struct queue q = {0};
    for (int i = 0; i < QUEUE_SIZE; i++)
        if (!queue_put(&q, i))
            return 1;
    return queue_put(&q, 99) ? 1 : 0;
}
