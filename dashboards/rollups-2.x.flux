// Rollups of builds for InfluxDB 2.x.
// docs/scale.md says how to install it. Change the names "ci" and "build" if yours are others.
// Written by npm run dashboard from dashboards/rollups.ts.

import "date"

option task = {name: "build_daily", every: 1h, offset: 5m}

since = -3d
until = now()
tags = ["repository", "workflow", "job", "runner_os", "default_branch"]
tagsAndDay = ["repository", "workflow", "job", "runner_os", "default_branch", "_time"]

rows = (field) =>
    from(bucket: "ci")
        |> range(start: date.truncate(t: since, unit: 1d), stop: until)
        |> filter(fn: (r) => r._measurement == "build" and r._field == field)

// Where the values of a day can be added up, the storage engine does so series by series.
countOfDay = (tables=<-) =>
    tables |> aggregateWindow(every: 1d, fn: count, timeSrc: "_start", createEmpty: false) |> group(columns: tagsAndDay) |> sum()
sumOfDay = (tables=<-) =>
    tables |> aggregateWindow(every: 1d, fn: sum, timeSrc: "_start", createEmpty: false) |> group(columns: tagsAndDay) |> sum()
maxOfDay = (tables=<-) =>
    tables |> aggregateWindow(every: 1d, fn: max, timeSrc: "_start", createEmpty: false) |> group(columns: tagsAndDay) |> max()
medianOfDay = (tables=<-) =>
    tables |> group(columns: tags) |> window(every: 1d) |> median(method: "exact_mean") |> duplicate(column: "_start", as: "_time")
p95OfDay = (tables=<-) =>
    tables |> group(columns: tags) |> window(every: 1d) |> quantile(q: 0.95, method: "exact_selector") |> duplicate(column: "_start", as: "_time")

store = (tables=<-, field) =>
    tables
        |> set(key: "_measurement", value: "build_daily")
        |> set(key: "_field", value: field)
        |> keep(columns: ["_time", "_measurement", "_field", "_value", "repository", "workflow", "job", "runner_os", "default_branch"])
        |> to(bucket: "ci/rollups")

rows(field: "number") |> countOfDay() |> store(field: "builds")
rows(field: "duration") |> sumOfDay() |> store(field: "duration_sum")
rows(field: "duration") |> maxOfDay() |> store(field: "duration_max")
rows(field: "queue_time") |> medianOfDay() |> store(field: "queue_time_p50")
rows(field: "queue_time") |> p95OfDay() |> store(field: "queue_time_p95")
rows(field: "number") |> filter(fn: (r) => r.result == "success") |> countOfDay() |> store(field: "successes")
rows(field: "duration") |> filter(fn: (r) => r.result == "success") |> medianOfDay() |> store(field: "duration_p50")
rows(field: "duration") |> filter(fn: (r) => r.result == "success") |> p95OfDay() |> store(field: "duration_p95")
rows(field: "number") |> filter(fn: (r) => r.result == "failure") |> countOfDay() |> store(field: "failures")
rows(field: "number") |> filter(fn: (r) => r.result == "cancelled") |> countOfDay() |> store(field: "cancellations")
rows(field: "flaky") |> filter(fn: (r) => string(v: r._value) == "true") |> countOfDay() |> store(field: "flaky_builds")
