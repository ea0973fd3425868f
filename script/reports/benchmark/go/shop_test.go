package shop

import (
	"fmt"
	"strings"
	"testing"
)

func BenchmarkRepeat(b *testing.B) {
	for i := 0; i < b.N; i++ {
		_ = strings.Repeat("a", 100)
	}
}

func BenchmarkSum(b *testing.B) {
	for _, size := range []int{16, 1024} {
		b.Run(fmt.Sprintf("size-%d", size), func(b *testing.B) {
			b.SetBytes(int64(size))
			for i := 0; i < b.N; i++ {
				sum := 0
				for j := 0; j < size; j++ {
					sum += j
				}
			}
			b.ReportMetric(float64(size)/2, "cells/op")
		})
	}
}

func BenchmarkPrints(b *testing.B) {
	fmt.Println("this benchmark prints")
	for i := 0; i < b.N; i++ {
		_ = fmt.Sprint(i)
	}
}
