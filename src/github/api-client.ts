import { cutText } from '../build/cut-text.ts'
import type { HttpClient, HttpRequest, HttpResponse } from '../http/client.ts'
import { wait } from '../http/wait.ts'
import { gitHubMs, maxGitHubRequests, maxGitHubWaitMs } from '../limits.ts'
import {
  ApiProblem,
  explainNoAnswer,
  explainStatus,
  isLimited,
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

/** How much trouble an answer is worth. */
export interface Patience {
  /** Requests in all, redirects and further tries included. */
  readonly requests: number
  /** What an answer may take, for messages. */
  readonly answerMs: number
  /** A wait that GitHub asks for. */
  readonly maxWaitMs: number
  /** Further tries after failures and limits: of all requests together, or of each. */
  readonly tries: number
  readonly per: 'phase' | 'request'
}

/** A job that ends does not wait for statistics. */
const ofJob: Patience = {
  requests: maxGitHubRequests,
  answerMs: gitHubMs,
  maxWaitMs: maxGitHubWaitMs,
  tries: 1,
  per: 'phase',
}

const retryMs = 500
/** GitHub's advice for a limit that names no time. */
const secondaryLimitMs = 60_000

/**
 * Follows redirects within the API's own origin, as of a repository that was renamed, and tries again after a failure
 * or a limit that is over soon.
 * @param onAnswer gets every answer there is, with the times around it
 */
export function openApi(
  http: HttpClient,
  onAnswer: (response: HttpResponse, sentMs: number, receivedMs: number) => void,
  patience = ofJob,
): ApiClient {
  let left = patience.requests
  let tried = 0
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
      if (error instanceof ApiProblem) throw error
      throw new ApiProblem(explainNoAnswer(error, patience.answerMs), { cause: error })
    }
  }

  async function request(given: HttpRequest): Promise<HttpResponse> {
    const url = new URL(given.url)
    url.pathname = moved.get(url.pathname) ?? url.pathname
    const visited = [url]
    if (patience.per === 'request') tried = 0
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
        if (visited.some(({ href }) => href === next.href)) throw new ApiProblem(`GitHub's redirects form a loop`)
        if (left === 0) throw new ApiProblem('GitHub redirected the request again and again')
        visited.push(next)
        continue
      }
      const waitMs = toWaitMs(response, patience, tried)
      const problem = () => new ApiProblem(explainStatus(response), { status, isLimit: isLimited(response) })
      if (tried >= patience.tries || left === 0 || isScarce(rate) || waitMs === undefined) throw problem()
      tried++
      await wait(waitMs, given.signal)
      if (given.signal.aborted) throw problem()
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
  if (headers.location === undefined || next === null)
    throw new ApiProblem(`GitHub answered with a redirect without an address (${status})`)
  next.username = ''
  next.password = ''
  if (next.origin === from.origin) return next
  const place = next.host === '' ? next.protocol : next.origin
  throw new ApiProblem(
    `the request was redirected to ${cutText(place, 100)}, which is not GitHub's API; check GITHUB_API_URL, and whether a proxy requires a login`,
  )
}

/** How long to wait for another try; undefined where there is to be none. */
function toWaitMs(response: HttpResponse, { maxWaitMs }: Patience, tried: number): number | undefined {
  const askedMs = readRetryAfterMs(response.headers) ?? (isLimited(response) ? secondaryLimitMs : undefined)
  const isWorthwhile = response.status >= 500 || askedMs !== undefined
  const waitMs = askedMs ?? retryMs * 2 ** tried
  return isWorthwhile && waitMs <= maxWaitMs ? waitMs : undefined
}
