// Package stack is another one, for a profile of several packages.
package stack

// Stack of numbers.
type Stack struct{ values []int }

// New is empty.
func New() *Stack { return &Stack{} }

// Push puts one on top.
func (s *Stack) Push(value int) { s.values = append(s.values, value) }

// Pop takes it away.
func (s *Stack) Pop() (int, bool) {
	if len(s.values) == 0 {
		return 0, false
	}
	last := len(s.values) - 1
	value := s.values[last]
	s.values = s.values[:last]
	return value, true
}
