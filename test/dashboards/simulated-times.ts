import type { Random } from './random.ts'

export const dayMs = 86_400_000
/** The end of the simulated year: what Grafana takes for now. */
export const yearEndMs = Date.UTC(2026, 10, 1)
export const yearStartMs = yearEndMs - 365 * dayMs

/** People work by day, from Monday to Friday; a share of the runs is by machines, at any time. */
const hours = [2, 1, 1, 1, 1, 2, 4, 9, 16, 20, 21, 19, 15, 19, 21, 20, 17, 12, 7, 5, 4, 4, 3, 2]
const weekdays = [2, 10, 11, 11, 10, 8, 2]

/** As many moments as asked for, in order: dense when people work, and denser as the year goes on. */
export function drawTimes(count: number, random: Random): number[] {
  const hourMs = dayMs / 24
  const weights = Array.from({ length: 365 * 24 }, (_, hour) => {
    const date = new Date(yearStartMs + hour * hourMs)
    const growth = 1 + (0.5 * hour) / (365 * 24)
    const holiday = date.getUTCMonth() === 11 && date.getUTCDate() > 23 ? 0.25 : 1
    return growth * holiday * (hours[date.getUTCHours()] ?? 1) * (weekdays[date.getUTCDay()] ?? 1)
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const times: number[] = []
  let passed = 0
  for (const [hour, weight] of weights.entries()) {
    passed += weight
    const wanted = Math.round((passed / total) * count)
    const inHour = Array.from({ length: wanted - times.length }, () => random.next()).sort((a, b) => a - b)
    times.push(...inHour.map((part) => Math.floor(yearStartMs + (hour + part) * hourMs)))
  }
  return times
}

/** How far the year has gone, from 0 to 1. */
export function toYearShare(ms: number): number {
  return (ms - yearStartMs) / (yearEndMs - yearStartMs)
}
