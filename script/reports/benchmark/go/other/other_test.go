package other

import (
	"strings"
	"testing"
)

func BenchmarkRepeat(b *testing.B) {
	for i := 0; i < b.N; i++ {
		_ = strings.Repeat("a", 10)
	}
}
