require 'simplecov'
SimpleCov.start
require_relative 'cart'

cart = Cart.new
cart.add(3)
raise unless cart.total == 3
