#include "stack.h"

int push(struct stack *stack, int value) {
  if (stack->size == 8) {
    return -1;
  }
  stack->values[stack->size++] = value;
  return 0;
}

int pop(struct stack *stack, int *value) {
  if (is_empty(stack) || value == 0) return -1;
  *value = stack->values[--stack->size];
  return 0;
}

int peek(const struct stack *stack) {
  if (is_empty(stack)) return -1;
  return stack->values[stack->size - 1];
}
