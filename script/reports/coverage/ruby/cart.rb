class Cart
  def initialize
    @prices = []
  end

  def add(price)
    raise ArgumentError if price < 0

    @prices << price
  end

  def total(discount = nil)
    total = @prices.sum
    if discount
      total *= 1 - discount
    end
    total
  end
end
