#include <stdio.h>
#include "stack.h"

int main(int count, char **arguments) {
  struct stack stack = {0};
  int value = 0;
  for (int i = 0; i < 5; i++) push(&stack, i);
  while (pop(&stack, &value) == 0) {
    if (value > 10 && count > 1) printf("%s\n", arguments[1]);
  }
  switch (value) {
    case 0:
      return 0;
    default:
      return is_empty(&stack);
  }
}
