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
  /** Requests that may still be sent, including redirects and retries. */
  readonly left: number
  /** The rate limit according to the last answer. */
  readonly rate: RateLimit | undefined
}

/** The limits on requests and waiting for one phase. */
export interface Patience {
  /** The most requests in all, including redirects and retries. */
  readonly requests: number
  /** The time limit of an answer in ms, for messages. */
  readonly answerMs: number
  /** The longest wait that GitHub may ask for, in ms. */
  readonly maxWaitMs: number
  /** The most retries after failures and rate limits: for all requests together, or for each. */
  readonly tries: number
  readonly per: 'phase' | 'request'
}

/** The end of a job must not wait long for statistics. */
const ofJob: Patience = {
  requests: maxGitHubRequests,
  answerMs: gitHubMs,
  maxWaitMs: maxGitHubWaitMs,
  tries: 1,
  per: 'phase',
}

const retryMs = 500
/** GitHub's advice for a rate limit without a stated time. */
const secondaryLimitMs = 60_000

/**
 * Follows redirects within the API's own origin, such as those of a renamed repository, and tries again after a failure
 * or a rate limit that ends soon.
 * @param onAnswer receives every answer, with the times of request and answer
 */
export function openApi(
  http: HttpClient,
  onAnswer: (response: HttpResponse, sentMs: number, receivedMs: number) => void,
  patience = ofJob,
): ApiClient {
  let left = patience.requests
  let tried = 0
  let rate: RateLimit | undefined
  // Further pages of a list are requested where its first page was found.
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

/** The target of a redirect. The token is only sent to the origin that it was given for. */
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

/** How long to wait before a retry; undefined if there is none. */
function toWaitMs(response: HttpResponse, { maxWaitMs }: Patience, tried: number): number | undefined {
  const askedMs = readRetryAfterMs(response.headers) ?? (isLimited(response) ? secondaryLimitMs : undefined)
  const isWorthwhile = response.status >= 500 || askedMs !== undefined
  const waitMs = askedMs ?? retryMs * 2 ** tried
  return isWorthwhile && waitMs <= maxWaitMs ? waitMs : undefined
}
