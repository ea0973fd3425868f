struct stack {
  int size;
  int values[8];
};

int push(struct stack *stack, int value);
int pop(struct stack *stack, int *value);
static inline int is_empty(const struct stack *stack) { return stack->size == 0; }
