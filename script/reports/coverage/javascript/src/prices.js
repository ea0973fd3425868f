const parse = (text) => {
  const price = Number(text)
  return Number.isNaN(price) ? undefined : price
}

function show(price) {
  switch (typeof price) {
    case 'number':
      return price.toFixed(2)
    case 'string':
      return show(parse(price))
    default:
      return '?'
  }
}

const never = [1, 2].filter((one) => one > 5).map((one) => one * 2)

module.exports = { parse, show, never }
