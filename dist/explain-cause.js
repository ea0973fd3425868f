"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const causes = [
  [
    /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ECONNRESET|ETIMEDOUT)$/,
    "check that the server is up, and that this runner can reach it"
  ],
  [/^ERR_INVALID_CHAR$/, "check that the token does not contain a line break"],
  [
    /^HPE_HEADER_OVERFLOW$/,
    "the headers of the answer are longer than 16 KiB: check whether a proxy or another server answers at this address"
  ],
  [/^HPE_/, "the answer is not HTTP: check that the url is that of InfluxDB"],
  [/^CERT_HAS_EXPIRED$/, "renew the server's certificate, or correct this runner's clock"],
  [/^CERT_NOT_YET_VALID$/, "check this runner's clock, and the date from which the server's certificate is valid"],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    "use a host name in the url that the certificate contains, or give the server a certificate for this host"
  ],
  [
    /^(CERT_REVOKED|CERT_REJECTED|CERT_SIGNATURE_FAILURE|INVALID_PURPOSE|INVALID_CA)$/,
    "replace the server's certificate"
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/,
    "set NODE_EXTRA_CA_CERTS on the runner to a file with the certificate of the server's CA"
  ]
];
function explainCause(error) {
  const code = codeOf(error);
  const found = causes.find(([codes]) => codes.test(code));
  return found === void 0 ? "" : `: ${found[1]}`;
}
function isLasting(error) {
  const code = codeOf(error);
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^INVALID_|^(HPE_|ERR_SSL|ERR_TLS|EPROTO|ERR_PROXY_INVALID_CONFIG|ERR_INVALID_CHAR)/.test(
    code
  );
}
function codeOf(error) {
  return String(error?.code);
}
exports.explainCause = explainCause;
exports.isLasting = isLasting;
