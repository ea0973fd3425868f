<?php

use PHPUnit\Framework\TestCase;

require __DIR__ . '/../src/Cart.php';
require __DIR__ . '/../src/functions.php';

final class CartTest extends TestCase
{
    public function testTotal(): void
    {
        $cart = new Shop\Cart();
        $cart->add('tea', 3);
        $this->assertSame(3.0, $cart->total());
        $this->assertSame('3.00', show(3));
    }
}
