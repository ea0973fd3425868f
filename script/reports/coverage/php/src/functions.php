<?php

function show(float $price): string
{
    if ($price < 0) {
        return '?';
    }
    return number_format($price, 2);
}
