import type { HttpClient, HttpRequest, HttpResponse } from '../../src/http/client.ts'

export interface FakeAnswer {
  readonly status?: number
  readonly statusText?: string
  readonly headers?: HttpResponse['headers']
  readonly body?: string
}

export interface FakeClient extends HttpClient {
  readonly requests: readonly HttpRequest[]
}

/** A client whose answers are a function's; one that throws is a network that fails. */
export function fakeClient(answer: (request: HttpRequest) => FakeAnswer | Promise<FakeAnswer>): FakeClient {
  const requests: HttpRequest[] = []
  return {
    requests,
    async request(request) {
      requests.push(request)
      const { status = 200, statusText = '', headers = {}, body = '' } = await answer(request)
      return { status, statusText, headers, body: Buffer.from(body) }
    },
  }
}
