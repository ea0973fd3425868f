const assert = require('node:assert')
const { Cart } = require('../src/cart.js')
const { show } = require('../src/prices.js')

function check() {
  const cart = new Cart()
  cart.add('tea', 3.5, 2)
  cart.add('tea', 3.5)
  assert.equal(cart.total(), 10.5)
  assert.equal(cart.total(0.5), 5.25)
  assert.throws(() => cart.add('tea', 1, 0))
  assert.equal(show(3), '3.00')
}

// Vitest has `test`, plain Node has not.
if (typeof test === 'function') test('cart', check)
else check()
