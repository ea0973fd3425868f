package org.example.shop;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.*;

@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 1, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 100, timeUnit = TimeUnit.MILLISECONDS)
public class Bench {
  @Param({"10", "1000"})
  int size;

  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public String repeat() {
    return "a".repeat(size);
  }

  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  public int hash() {
    return Integer.toString(size).hashCode();
  }

  @Benchmark
  @BenchmarkMode({Mode.SampleTime, Mode.SingleShotTime})
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public double sqrt() {
    return Math.sqrt(size);
  }
}
