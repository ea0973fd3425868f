<?php

namespace Shop;

class Cart
{
    private array $items = [];

    public function add(string $name, float $price): void
    {
        if ($price < 0) {
            throw new \InvalidArgumentException($name);
        }
        $this->items[$name] = $price;
    }

    public function total(float $discount = 0): float
    {
        $total = array_sum($this->items);
        if ($discount > 0) {
            $total *= 1 - $discount;
        }
        return $total;
    }
}

class Unused
{
    public function one(): int
    {
        return 1;
    }
}
