/**
 * Reads a source ahead of its consumer, so that items can be kept when the time is over. At most `maxSize` is buffered.
 * An error of the source is thrown when the consumer reaches it.
 * @param sizeOf the size of an item, in the unit of `maxSize`
 */
export async function* readAhead<T>(
  source: AsyncGenerator<T>,
  sizeOf: (item: T) => number,
  maxSize: number,
): AsyncGenerator<T> {
  const waiting: T[] = []
  let size = 0
  let failure: { readonly error: unknown } | undefined
  let isOver = false
  let wakeReader = () => {}
  let wakeConsumer = () => {}

  async function read(): Promise<void> {
    try {
      for await (const item of source) {
        waiting.push(item)
        size += sizeOf(item)
        wakeConsumer()
        while (size >= maxSize && !isOver) await new Promise<void>((resolve) => (wakeReader = resolve))
        if (isOver) return
      }
    } catch (error) {
      failure = { error }
    } finally {
      isOver = true
      wakeConsumer()
    }
  }

  const reading = read()
  try {
    for (;;) {
      const item = waiting.shift()
      if (item !== undefined) {
        size -= sizeOf(item)
        wakeReader()
        yield item
      } else if (isOver) {
        if (failure !== undefined) throw failure.error
        return
      } else {
        await new Promise<void>((resolve) => (wakeConsumer = resolve))
      }
    }
  } finally {
    isOver = true
    wakeReader()
    await reading
  }
}
