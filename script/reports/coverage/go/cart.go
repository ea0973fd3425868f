// Package shop is what coverage is measured of.
package shop

import "errors"

// Cart has prices.
type Cart struct{ prices []float64 }

// Add takes no negative price.
func (c *Cart) Add(price float64) error {
	if price < 0 {
		return errors.New("negative")
	}
	c.prices = append(c.prices, price)
	return nil
}

// Total is what it costs.
func (c *Cart) Total(discount float64) float64 {
	total := 0.0
	for _, price := range c.prices {
		total += price
	}
	switch {
	case discount > 1:
		return 0
	case discount > 0:
		total *= 1 - discount
	}
	return total
}

func never() int { return 1 }
