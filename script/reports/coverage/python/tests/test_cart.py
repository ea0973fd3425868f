import pytest

from shop.cart import Cart
from shop.prices import Currency, parse, show


def test_total():
    cart = Cart()
    cart.add("tea", 3.5, 2)
    cart.add("tea", 3.5)
    assert cart.total() == 10.5
    assert cart.total(0.5) == 5.25


def test_count():
    with pytest.raises(ValueError):
        Cart().add("tea", 1, 0)


def test_remove():
    cart = Cart()
    cart.add("tea", 1)
    cart.remove("tea")
    assert cart.items == {}


def test_prices():
    assert show(parse("3")) == "3.00"
    assert Currency("EUR").code == "EUR"
