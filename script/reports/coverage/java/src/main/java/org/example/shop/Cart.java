package org.example.shop;

import java.util.ArrayList;
import java.util.List;

public class Cart {
  private final List<Item> items = new ArrayList<>();

  public void add(String name, double price) {
    if (price < 0) throw new IllegalArgumentException(name);
    items.add(new Item(name, price));
  }

  public double total(double discount) {
    double total = items.stream().mapToDouble(item -> item.price).sum();
    if (discount > 1) {
      return 0;
    }
    return discount > 0 ? total * (1 - discount) : total;
  }

  static class Item {
    final String name;
    final double price;

    Item(String name, double price) {
      this.name = name;
      this.price = price;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  enum Kind { GIFT, OWN }
}
