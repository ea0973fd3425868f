'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

function toFetch(client, signal) {
  return async (url, options = {}) => {
    const { method = "GET", headers = {}, body } = options;
    const response = await client.request({ method, url: new URL(url), headers, body, signal });
    const text = response.body.toString("utf8");
    return {
      status: response.status,
      ok: response.status >= 200 && response.status < 300,
      url,
      // Enough of `Headers`, which would load node's own undici.
      headers: new Map(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")])),
      text: async () => text,
      json: async () => JSON.parse(text)
    };
  };
}

exports.toFetch = toFetch;
