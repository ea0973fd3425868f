import { cutText } from '../build/cut-text.ts'
import type { HttpClient, HttpRequest, HttpResponse } from '../http/client.ts'
import { maxGitHubRequests, maxGitHubWaitMs } from '../limits.ts'
import {
  ApiProblem,
  explainNoAnswer,
  explainStatus,
  isScarce,
  type RateLimit,
  readRateLimit,
  readRetryAfterMs,
} from './api-problem.ts'

/** GitHub's API as one phase may use it; `request` rejects with an ApiProblem unless the answer is a success. */
export interface ApiClient extends HttpClient {
  /** Requests that may still be made, redirects and second tries included. */
  readonly left: number
  /** As the last answer told it. */
  readonly rate: RateLimit | undefined
}

const retryMs = 500

/**
 * Follows redirects within the API's own origin, as of a repository that was renamed, and tries once more after a failure
 * or a limit that is over soon.
 * @param onAnswer gets every answer there is, with the times around it
 */
export function openApi(
  http: HttpClient,
  onAnswer: (response: HttpResponse, sentMs: number, receivedMs: number) => void,
): ApiClient {
  let left = maxGitHubRequests
  let hasWaited = false
  let rate: RateLimit | undefined
  // Pages of a list are asked for where its first one was found.
  const moved = new Map<string, string>()

  async function send(request: HttpRequest): Promise<HttpResponse> {
    left--
    const sentMs = Date.now()
    try {
      const response = await http.request(request)
      onAnswer(response, sentMs, Date.now())
      rate = readRateLimit(response.headers) ?? rate
      return response
    } catch (error) {
      throw new ApiProblem(explainNoAnswer(error), { cause: error })
    }
  }

  async function request(given: HttpRequest): Promise<HttpResponse> {
    const url = new URL(given.url)
    url.pathname = moved.get(url.pathname) ?? url.pathname
    const visited = [url]
    for (;;) {
      const last = visited.at(-1) ?? url
      const response = await send({ ...given, url: last })
      const { status } = response
      if (status >= 200 && status < 300) {
        if (visited.length > 1) moved.set(url.pathname, last.pathname)
        return response
      }
      if (isRedirect(status)) {
        const next = toNext(response, last)
        if (visited.some(({ href }) => href === next.href)) throw new ApiProblem(`GitHub's redirects lead in a circle`)
        if (left === 0) throw new ApiProblem('GitHub redirected the request again and again')
        visited.push(next)
        continue
      }
      const waitMs = toWaitMs(response)
      if (hasWaited || left === 0 || isScarce(rate) || waitMs === undefined)
        throw new ApiProblem(explainStatus(response))
      hasWaited = true
      await pause(waitMs, given.signal)
      if (given.signal.aborted) throw new ApiProblem(explainStatus(response))
    }
  }

  return {
    request,
    get left() {
      return left
    },
    get rate() {
      return rate
    },
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

/** Where a redirect leads. The token stays with the origin that it was given for, and only its answers count. */
function toNext({ status, headers }: HttpResponse, from: URL): URL {
  const next = URL.parse(headers.location ?? '', from.href)
  if (headers.location === undefined || next === null) throw new ApiProblem(`GitHub redirected to nowhere (${status})`)
  next.username = ''
  next.password = ''
  if (next.origin === from.origin) return next
  const place = next.host === '' ? next.protocol : next.origin
  throw new ApiProblem(
    `the request was redirected to ${cutText(place, 100)}, which is not GitHub's API; check GITHUB_API_URL, and that no proxy wants a login`,
  )
}

/** How long to wait for another try; undefined where there is to be none. */
function toWaitMs(response: HttpResponse): number | undefined {
  const askedMs = readRetryAfterMs(response.headers)
  const isWorthwhile = response.status >= 500 || askedMs !== undefined
  const waitMs = askedMs ?? retryMs
  return isWorthwhile && waitMs <= maxGitHubWaitMs ? waitMs : undefined
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
