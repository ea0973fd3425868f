package stack

import "testing"

func TestPop(t *testing.T) {
	if _, ok := New().Pop(); ok {
		t.Fail()
	}
}
