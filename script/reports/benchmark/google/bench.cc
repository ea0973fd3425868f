#include <benchmark/benchmark.h>

#include <string>
#include <vector>

static void BM_Append(benchmark::State& state) {
  for (auto _ : state) {
    std::string text;
    for (int i = 0; i < state.range(0); i++) text += 'a';
    benchmark::DoNotOptimize(text);
  }
  state.SetBytesProcessed(state.iterations() * state.range(0));
  state.counters["cells"] = 3;
}
BENCHMARK(BM_Append)->Arg(8)->Arg(512);

static void BM_Vector(benchmark::State& state) {
  for (auto _ : state) {
    std::vector<int> values(100000, 1);
    benchmark::DoNotOptimize(values.data());
  }
}
BENCHMARK(BM_Vector)->Unit(benchmark::kMicrosecond);

static void BM_Fails(benchmark::State& state) {
  state.SkipWithError("not here");
  for (auto _ : state) {
  }
}
BENCHMARK(BM_Fails);

BENCHMARK_MAIN();
