class Cart {
  constructor() {
    this.items = new Map()
  }

  add(name, price, count = 1) {
    if (count < 1) throw new RangeError('count')
    const old = this.items.get(name) ?? { price, count: 0 }
    this.items.set(name, { price, count: old.count + count })
  }

  total(discount) {
    let total = 0
    for (const { price, count } of this.items.values()) total += price * count
    if (discount) {
      if (discount > 1) return 0
      total *= 1 - discount
    }
    return total
  }
}

class Order {
  constructor(cart) {
    this.cart = cart
  }

  isEmpty() {
    return this.cart.items.size === 0
  }
}

module.exports = { Cart, Order }
