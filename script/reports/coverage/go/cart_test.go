package shop

import (
	"testing"

	"example.com/shop/stack"
)

func TestTotal(t *testing.T) {
	cart := Cart{}
	if cart.Add(3) != nil || cart.Total(0) != 3 {
		t.Fail()
	}
	stack.New().Push(1)
}
