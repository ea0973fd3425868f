package org.example.shop;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class CartTest {
  @Test
  public void total() {
    Cart cart = new Cart();
    cart.add("tea", 3);
    assertEquals(3, cart.total(0), 0);
  }
}
