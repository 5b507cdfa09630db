#include "queue.h"
#include <stdio.h>

int main(void)
{
    struct queue q = {0};
    int next = 0, item;
    for (int round = 0; round < 1000; round++) {
        for (int i = 0; i < 5; i++)
            queue_put(&q, round * 5 + i);
        while (queue_take(&q, &item))
            if (item != next++) {
                printf("took %d instead of %d\n", item, next - 1);
                return 1;
            }
    }
    return next == 5000 ? 0 : 1;
}
