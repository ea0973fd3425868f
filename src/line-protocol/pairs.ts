/** Up to this many keys are compared one by one; more are looked up in a map. */
const maxLinear = 16

/** Pairs in order, with fast search by key for any number of them. */
export class Pairs<T> {
  readonly list: (readonly [key: string, value: T])[] = []
  private index: Map<string, number> | undefined

  /** -1 if there is none. */
  indexOf(key: string): number {
    const { list } = this
    if (list.length > maxLinear) {
      this.index ??= new Map(list.map(([known], i) => [known, i]))
      return this.index.get(key) ?? -1
    }
    for (let i = 0; i < list.length; i++) if (list[i]?.[0] === key) return i
    return -1
  }

  /** The key must be new. */
  push(key: string, value: T): void {
    this.index?.set(key, this.list.length)
    this.list.push([key, value])
  }
}
