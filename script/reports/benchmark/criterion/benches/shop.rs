use criterion::{criterion_group, criterion_main, BenchmarkId, Criterion, Throughput};
use std::hint::black_box;
use std::time::Duration;

fn fibonacci(n: u64) -> u64 {
    if n < 2 { n } else { fibonacci(n - 1) + fibonacci(n - 2) }
}

fn bench(c: &mut Criterion) {
    c.bench_function("fibonacci 15", |b| b.iter(|| fibonacci(black_box(15))));
    let mut group = c.benchmark_group("copy");
    for size in [64usize, 4096] {
        group.throughput(Throughput::Bytes(size as u64));
        let text = vec![1u8; size];
        group.bench_with_input(BenchmarkId::new("to_vec of a name that is rather long", size), &text, |b, text| {
            b.iter(|| black_box(text).to_vec())
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(500));
    targets = bench
}
criterion_main!(benches);
