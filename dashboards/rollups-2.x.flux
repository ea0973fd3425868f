// Rollups of builds for InfluxDB 2.x.
// docs/scale.md says how to install it. Change the names "ci" and "build" if yours are others.
// Written by npm run dashboard from dashboards/rollups.ts.

import "date"

option task = {name: "build_daily", every: 1h, offset: 5m}

since = -3d
start = date.truncate(t: since, unit: 1d)
tags = ["repository", "workflow", "job", "runner_os", "default_branch"]

rows = (field) =>
    from(bucket: "ci")
        |> range(start: start)
        |> filter(fn: (r) => r._measurement == "build" and r._field == field)

byDay = (tables=<-) =>
    tables
        |> group(columns: tags)
        |> window(every: 1d)

store = (tables=<-, field) =>
    tables
        |> duplicate(column: "_start", as: "_time")
        |> set(key: "_measurement", value: "build_daily")
        |> set(key: "_field", value: field)
        |> keep(columns: ["_time", "_measurement", "_field", "_value", "repository", "workflow", "job", "runner_os", "default_branch"])
        |> to(bucket: "ci/rollups")

rows(field: "number") |> byDay() |> count() |> store(field: "builds")
rows(field: "duration") |> byDay() |> sum() |> store(field: "duration_sum")
rows(field: "duration") |> byDay() |> max() |> store(field: "duration_max")
rows(field: "queue_time") |> byDay() |> median(method: "exact_mean") |> store(field: "queue_time_p50")
rows(field: "queue_time") |> byDay() |> quantile(q: 0.95, method: "exact_selector") |> store(field: "queue_time_p95")
rows(field: "number") |> filter(fn: (r) => r.result == "success") |> byDay() |> count() |> store(field: "successes")
rows(field: "duration") |> filter(fn: (r) => r.result == "success") |> byDay() |> median(method: "exact_mean") |> store(field: "duration_p50")
rows(field: "duration") |> filter(fn: (r) => r.result == "success") |> byDay() |> quantile(q: 0.95, method: "exact_selector") |> store(field: "duration_p95")
rows(field: "number") |> filter(fn: (r) => r.result == "failure") |> byDay() |> count() |> store(field: "failures")
rows(field: "number") |> filter(fn: (r) => r.result == "cancelled") |> byDay() |> count() |> store(field: "cancellations")
rows(field: "flaky") |> filter(fn: (r) => string(v: r._value) == "true") |> byDay() |> count() |> store(field: "flaky_builds")
