'use strict';

const _undici = require('./shared.js');
const markdown = require('./shared4.js');
const surroundings = require('./shared2.js');
const fs = require('node:fs');
const os = require('node:os');
const node_path = require('node:path');
const module$1 = require('module');

const requestMs = 3e4;
const downloadMs = 12e4;
const maxPages = 100;
const maxRedirects = 3;
async function openArtifacts(query, http, signal) {
  const { getOctokit } = await Promise.resolve().then(() => require('./github.js'));
  const within = (ms) => AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  const fetch = (url, options) => markdown.toFetch(http, within(requestMs))(url, options);
  const log = { debug() {
  }, info() {
  }, warn() {
  }, error() {
  } };
  const { rest } = getOctokit(query.token, { baseUrl: query.apiUrl, request: { fetch, log }, log });
  const [owner = "", repo = ""] = query.repository.split("/");
  async function list(prefix, onPage) {
    const found = /* @__PURE__ */ new Map();
    let seen = 0;
    for (let page = 1; page <= maxPages; page++) {
      const { data } = await rest.actions.listArtifactsForRepo({ owner, repo, per_page: 100, page });
      if (!Array.isArray(data?.artifacts))
        throw new Error("GitHub answered with something that is no list of artifacts");
      for (const one of data.artifacts) {
        if (String(one?.name).startsWith(prefix) && !one.expired) found.set(one.id, toArtifact(one));
      }
      seen += data.artifacts.length;
      onPage(seen, data.total_count);
      if (data.artifacts.length === 0 || seen >= data.total_count) return { artifacts: sort(found), isCut: false };
    }
    return { artifacts: sort(found), isCut: true };
  }
  async function download({ id }, maxBytes) {
    let url = new URL(`${query.apiUrl}/repos/${owner}/${repo}/actions/artifacts/${id}/zip`);
    const end = within(downloadMs);
    let headers = {
      authorization: `token ${query.token}`,
      accept: "application/vnd.github+json"
    };
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      const given = { "user-agent": "build-stats", ...headers };
      const response = await http.request({ method: "GET", url, headers: given, signal: end, maxBodyBytes: maxBytes });
      if (response.status === 200) return response.body;
      url = findRedirect(response, url);
      headers = {};
    }
    throw new Error(`GitHub redirected more than ${maxRedirects} times`);
  }
  return {
    list: (prefix, onPage) => explained("listed", () => list(prefix, onPage)),
    download: (artifact, maxBytes) => explained("downloaded", () => download(artifact, maxBytes)),
    delete: (artifact) => explained("deleted", async () => {
      try {
        await rest.actions.deleteArtifact({ owner, repo, artifact_id: artifact.id });
      } catch (error) {
        const { status } = error;
        if (status !== 404 && status !== 410) throw error;
      }
    })
  };
}
function toArtifact({ id, name, size_in_bytes, workflow_run }) {
  const repository = workflow_run?.repository_id;
  const isOwn = repository !== void 0 && repository === workflow_run?.head_repository_id;
  return { id, name, bytes: size_in_bytes, isOwn };
}
function sort(artifacts) {
  return [...artifacts.values()].sort((a, b) => a.id - b.id);
}
function findRedirect({ status, statusText, headers }, from) {
  const { location } = headers;
  if (status < 300 || status >= 400 || location === void 0) {
    throw Object.assign(new Error(`it answered ${status} ${statusText}`), { status });
  }
  const url = URL.parse(location, from.href);
  const isSafe = url?.protocol === "https:" || url?.protocol === "http:" && from.protocol === "http:";
  if (url === null || !isSafe) throw new Error("GitHub redirected to an address that is none");
  return url;
}
async function explained(verb, ask) {
  try {
    return await ask();
  } catch (error) {
    throw new Error(explain(error, verb), { cause: error });
  }
}
function explain(error, verb) {
  const { status, message, cause } = error;
  const { name } = cause instanceof Error ? cause : error;
  const permission = `give the job \`permissions: actions: ${verb === "deleted" ? "write" : "read"}\``;
  if (status === 401)
    return "GitHub does not accept the token (401); leave the input github-token out, or give a valid one";
  if (status === 429 || status === 403 && /rate limit/i.test(message ?? ""))
    return `GitHub asks for less requests (${status})`;
  if (status === 403 || status === 404) return `artifacts may not be ${verb} with this token (${status}); ${permission}`;
  if (status === 410) return "the artifact has expired";
  if (name === "TimeoutError" || name === "AbortError") return "GitHub did not answer in time";
  return message ?? String(error);
}

var require$1 = module$1.createRequire('/');
// DEFLATE is a complex format; to read this code, you should probably check the RFC first:
// https://tools.ietf.org/html/rfc1951
// You may also wish to take a look at the guide I made about this program:
// https://gist.github.com/101arrowz/253f31eb5abc3d9275ab943003ffecad
// Some of the following code is similar to that of UZIP.js:
// https://github.com/photopea/UZIP.js
// However, the vast majority of the codebase has diverged from UZIP.js to increase performance and reduce bundle size.
// Sometimes 0 will appear where -1 would be more appropriate. This is because using a uint
// is better for memory in most engines (I *think*).
var _a;
// Mediocre shim
var Worker;
var isMarkedAsUntransferable;
try {
    (_a = require$1('worker_threads'), Worker = _a.Worker, isMarkedAsUntransferable = _a.isMarkedAsUntransferable);
}
catch (e) {
}

// aliases for shorter compressed code (most minifers don't do this)
var u8 = Uint8Array, u16 = Uint16Array, i32 = Int32Array;
// fixed length extra bits
var fleb = new u8([0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0, /* unused */ 0, 0, /* impossible */ 0]);
// fixed distance extra bits
var fdeb = new u8([0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, /* unused */ 0, 0]);
// code length index map
var clim = new u8([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
// get base, reverse index map from extra bits
var freb = function (eb, start) {
    var b = new u16(31);
    for (var i = 0; i < 31; ++i) {
        b[i] = start += 1 << eb[i - 1];
    }
    // numbers here are at max 18 bits
    var r = new i32(b[30]);
    for (var i = 1; i < 30; ++i) {
        for (var j = b[i]; j < b[i + 1]; ++j) {
            r[j] = ((j - b[i]) << 5) | i;
        }
    }
    return { b: b, r: r };
};
var _a = freb(fleb, 2), fl = _a.b, revfl = _a.r;
// we can ignore the fact that the other numbers are wrong; they never happen anyway
fl[28] = 258, revfl[258] = 28;
var _b = freb(fdeb, 0), fd = _b.b; _b.r;
// map of value to reverse (assuming 16 bits)
var rev = new u16(32768);
for (var i = 0; i < 32768; ++i) {
    // reverse table algorithm from SO
    var x = ((i & 0xAAAA) >> 1) | ((i & 0x5555) << 1);
    x = ((x & 0xCCCC) >> 2) | ((x & 0x3333) << 2);
    x = ((x & 0xF0F0) >> 4) | ((x & 0x0F0F) << 4);
    rev[i] = (((x & 0xFF00) >> 8) | ((x & 0x00FF) << 8)) >> 1;
}
// create huffman tree from u8 "map": index -> code length for code index
// mb (max bits) must be at most 15
// TODO: optimize/split up?
var hMap = (function (cd, mb, r) {
    var s = cd.length;
    // index
    var i = 0;
    // u16 "map": index -> # of codes with bit length = index
    var l = new u16(mb);
    // length of cd must be 288 (total # of codes)
    for (; i < s; ++i) {
        if (cd[i])
            ++l[cd[i] - 1];
    }
    // u16 "map": index -> minimum code for bit length = index
    var le = new u16(mb);
    for (i = 1; i < mb; ++i) {
        le[i] = (le[i - 1] + l[i - 1]) << 1;
    }
    var co;
    if (r) {
        // u16 "map": index -> number of actual bits, symbol for code
        co = new u16(1 << mb);
        // bits to remove for reverser
        var rvb = 15 - mb;
        for (i = 0; i < s; ++i) {
            // ignore 0 lengths
            if (cd[i]) {
                // num encoding both symbol and bits read
                var sv = (i << 4) | cd[i];
                // free bits
                var r_1 = mb - cd[i];
                // start value
                var v = le[cd[i] - 1]++ << r_1;
                // m is end value
                for (var m = v | ((1 << r_1) - 1); v <= m; ++v) {
                    // every 16 bit value starting with the code yields the same result
                    co[rev[v] >> rvb] = sv;
                }
            }
        }
    }
    else {
        co = new u16(s);
        for (i = 0; i < s; ++i) {
            if (cd[i]) {
                co[i] = rev[le[cd[i] - 1]++] >> (15 - cd[i]);
            }
        }
    }
    return co;
});
// fixed length tree
var flt = new u8(288);
for (var i = 0; i < 144; ++i)
    flt[i] = 8;
for (var i = 144; i < 256; ++i)
    flt[i] = 9;
for (var i = 256; i < 280; ++i)
    flt[i] = 7;
for (var i = 280; i < 288; ++i)
    flt[i] = 8;
// fixed distance tree
var fdt = new u8(32);
for (var i = 0; i < 32; ++i)
    fdt[i] = 5;
// fixed length map
var flrm = /*#__PURE__*/ hMap(flt, 9, 1);
// fixed distance map
var fdrm = /*#__PURE__*/ hMap(fdt, 5, 1);
// find max of array
var max = function (a) {
    var m = a[0];
    for (var i = 1; i < a.length; ++i) {
        if (a[i] > m)
            m = a[i];
    }
    return m;
};
// read d, starting at bit p and mask with m
var bits = function (d, p, m) {
    var o = (p / 8) | 0;
    return ((d[o] | (d[o + 1] << 8)) >> (p & 7)) & m;
};
// read d, starting at bit p continuing for at least 16 bits
var bits16 = function (d, p) {
    var o = (p / 8) | 0;
    return ((d[o] | (d[o + 1] << 8) | (d[o + 2] << 16)) >> (p & 7));
};
// get end of byte
var shft = function (p) { return ((p + 7) / 8) | 0; };
// typed array slice - allows garbage collector to free original reference,
// while being more compatible than .slice
var slc = function (v, s, e) {
    if (s == null || s < 0)
        s = 0;
    if (e == null || e > v.length)
        e = v.length;
    // can't use .constructor in case user-supplied
    return new u8(v.subarray(s, e));
};
// error codes
var ec = [
    'unexpected EOF',
    'invalid block type',
    'invalid length/literal',
    'invalid distance',
    'stream finished',
    'no stream handler',
    , // determined by compression function
    'no callback',
    'invalid UTF-8 data',
    'extra field too long',
    'date not in range 1980-2099',
    'filename too long',
    'stream finishing',
    'invalid zip data'
    // determined by unknown compression method
];
var err = function (ind, msg, nt) {
    var e = new Error(msg || ec[ind]);
    e.code = ind;
    if (Error.captureStackTrace)
        Error.captureStackTrace(e, err);
    if (!nt)
        throw e;
    return e;
};
// expands raw DEFLATE data
var inflt = function (dat, st, buf, dict) {
    // source length       dict length
    var sl = dat.length, dl = dict ? dict.length : 0;
    if (!sl || st.f && !st.l)
        return buf || new u8(0);
    var noBuf = !buf;
    // have to estimate size
    var resize = noBuf || st.i != 2;
    // no state
    var noSt = st.i;
    // Assumes roughly 33% compression ratio average
    if (noBuf)
        buf = new u8(sl * 3);
    // ensure buffer can fit at least l elements
    var cbuf = function (l) {
        var bl = buf.length;
        // need to increase size to fit
        if (l > bl) {
            // Double or set to necessary, whichever is greater
            var nbuf = new u8(Math.max(bl * 2, l));
            nbuf.set(buf);
            buf = nbuf;
        }
    };
    //  last chunk         bitpos           bytes
    var final = st.f || 0, pos = st.p || 0, bt = st.b || 0, lm = st.l, dm = st.d, lbt = st.m, dbt = st.n;
    // total bits
    var tbts = sl * 8;
    do {
        if (!lm) {
            // BFINAL - this is only 1 when last chunk is next
            final = bits(dat, pos, 1);
            // type: 0 = no compression, 1 = fixed huffman, 2 = dynamic huffman
            var type = bits(dat, pos + 1, 3);
            pos += 3;
            if (!type) {
                // go to end of byte boundary
                var s = shft(pos) + 4, l = dat[s - 4] | (dat[s - 3] << 8), t = s + l;
                if (t > sl) {
                    if (noSt)
                        err(0);
                    break;
                }
                // ensure size
                if (resize)
                    cbuf(bt + l);
                // Copy over uncompressed data
                buf.set(dat.subarray(s, t), bt);
                // Get new bitpos, update byte count
                st.b = bt += l, st.p = pos = t * 8, st.f = final;
                continue;
            }
            else if (type == 1)
                lm = flrm, dm = fdrm, lbt = 9, dbt = 5;
            else if (type == 2) {
                //  literal                            lengths
                var hLit = bits(dat, pos, 31) + 257, hcLen = bits(dat, pos + 10, 15) + 4;
                var tl = hLit + bits(dat, pos + 5, 31) + 1;
                pos += 14;
                // length+distance tree
                var ldt = new u8(tl);
                // code length tree
                var clt = new u8(19);
                for (var i = 0; i < hcLen; ++i) {
                    // use index map to get real code
                    clt[clim[i]] = bits(dat, pos + i * 3, 7);
                }
                pos += hcLen * 3;
                // code lengths bits
                var clb = max(clt), clbmsk = (1 << clb) - 1;
                // code lengths map
                var clm = hMap(clt, clb, 1);
                for (var i = 0; i < tl;) {
                    var r = clm[bits(dat, pos, clbmsk)];
                    // bits read
                    pos += r & 15;
                    // symbol
                    var s = r >> 4;
                    // code length to copy
                    if (s < 16) {
                        ldt[i++] = s;
                    }
                    else {
                        //  copy   count
                        var c = 0, n = 0;
                        if (s == 16)
                            n = 3 + bits(dat, pos, 3), pos += 2, c = ldt[i - 1];
                        else if (s == 17)
                            n = 3 + bits(dat, pos, 7), pos += 3;
                        else if (s == 18)
                            n = 11 + bits(dat, pos, 127), pos += 7;
                        while (n--)
                            ldt[i++] = c;
                    }
                }
                //    length tree                 distance tree
                var lt = ldt.subarray(0, hLit), dt = ldt.subarray(hLit);
                // max length bits
                lbt = max(lt);
                // max dist bits
                dbt = max(dt);
                lm = hMap(lt, lbt, 1);
                dm = hMap(dt, dbt, 1);
            }
            else
                err(1);
            if (pos > tbts) {
                if (noSt)
                    err(0);
                break;
            }
        }
        // Make sure the buffer can hold this + the largest possible addition
        // Maximum chunk size (practically, theoretically infinite) is 2^17
        if (resize)
            cbuf(bt + 131072);
        var lms = (1 << lbt) - 1, dms = (1 << dbt) - 1;
        var lpos = pos;
        for (;; lpos = pos) {
            // bits read, code
            var c = lm[bits16(dat, pos) & lms], sym = c >> 4;
            pos += c & 15;
            if (pos > tbts) {
                if (noSt)
                    err(0);
                break;
            }
            if (!c)
                err(2);
            if (sym < 256)
                buf[bt++] = sym;
            else if (sym == 256) {
                lpos = pos, lm = null;
                break;
            }
            else {
                var add = sym - 254;
                // no extra bits needed if less
                if (sym > 264) {
                    // index
                    var i = sym - 257, b = fleb[i];
                    add = bits(dat, pos, (1 << b) - 1) + fl[i];
                    pos += b;
                }
                // dist
                var d = dm[bits16(dat, pos) & dms], dsym = d >> 4;
                if (!d)
                    err(3);
                pos += d & 15;
                var dt = fd[dsym];
                if (dsym > 3) {
                    var b = fdeb[dsym];
                    dt += bits16(dat, pos) & (1 << b) - 1, pos += b;
                }
                if (pos > tbts) {
                    if (noSt)
                        err(0);
                    break;
                }
                if (resize)
                    cbuf(bt + 131072);
                var end = bt + add;
                if (bt < dt) {
                    var shift = dl - dt, dend = Math.min(dt, end);
                    if (shift + bt < 0)
                        err(3);
                    for (; bt < dend; ++bt)
                        buf[bt] = dict[shift + bt];
                }
                for (; bt < end; ++bt)
                    buf[bt] = buf[bt - dt];
            }
        }
        st.l = lm, st.p = lpos, st.b = bt, st.f = final;
        if (lm)
            final = 1, st.m = lbt, st.d = dm, st.n = dbt;
    } while (!final);
    // don't reallocate for streams or user buffers
    return bt != buf.length && noBuf ? slc(buf, 0, bt) : buf.subarray(0, bt);
};
// empty
var et = /*#__PURE__*/ new u8(0);
// read 2 bytes
var b2 = function (d, b) { return d[b] | (d[b + 1] << 8); };
// read 4 bytes
var b4 = function (d, b) { return (d[b] | (d[b + 1] << 8) | (d[b + 2] << 16) | (d[b + 3] << 24)) >>> 0; };
// read 8 bytes
var b8 = function (d, b) { return b4(d, b) + (b4(d, b + 4) * 4294967296); };
function inflateSync(data, opts) {
    return inflt(data, { i: 2 }, opts && opts.out, opts && opts.dictionary);
}
// text decoder
var td = typeof TextDecoder != 'undefined' && /*#__PURE__*/ new TextDecoder();
// text decoder stream
var tds = 0;
try {
    td.decode(et, { stream: true });
    tds = 1;
}
catch (e) { }
// decode UTF8
var dutf8 = function (d) {
    for (var r = '', i = 0;;) {
        var c = d[i++];
        var eb = (c > 127) + (c > 223) + (c > 239);
        if (i + eb > d.length)
            return { s: r, r: slc(d, i - 1) };
        if (!eb)
            r += String.fromCharCode(c);
        else if (eb == 3) {
            c = ((c & 15) << 18 | (d[i++] & 63) << 12 | (d[i++] & 63) << 6 | (d[i++] & 63)) - 65536,
                r += String.fromCharCode(55296 | (c >> 10), 56320 | (c & 1023));
        }
        else if (eb & 1)
            r += String.fromCharCode((c & 31) << 6 | (d[i++] & 63));
        else
            r += String.fromCharCode((c & 15) << 12 | (d[i++] & 63) << 6 | (d[i++] & 63));
    }
};
/**
 * Converts a Uint8Array to a string
 * @param dat The data to decode to string
 * @param latin1 Whether or not to interpret the data as Latin-1. This should
 *               not need to be true unless encoding to binary string.
 * @returns The original UTF-8/Latin-1 string
 */
function strFromU8(dat, latin1) {
    if (latin1) {
        var r = '';
        for (var i = 0; i < dat.length; i += 16384)
            r += String.fromCharCode.apply(null, dat.subarray(i, i + 16384));
        return r;
    }
    else if (td) {
        return td.decode(dat);
    }
    else {
        var _a = dutf8(dat), s = _a.s, r = _a.r;
        if (r.length)
            err(8);
        return s;
    }
}
// skip local zip header
var slzh = function (d, b) { return b + 30 + b2(d, b + 26) + b2(d, b + 28); };
// read zip header
var zh = function (d, b, z) {
    var fnl = b2(d, b + 28), efl = b2(d, b + 30), fn = strFromU8(d.subarray(b + 46, b + 46 + fnl), !(b2(d, b + 8) & 2048)), es = b + 46 + fnl;
    var _a = z64hs(d, es, efl, z, b4(d, b + 20), b4(d, b + 24), b4(d, b + 42)), sc = _a[0], su = _a[1], off = _a[2];
    return [b2(d, b + 10), sc, su, fn, es + efl + b2(d, b + 32), off];
};
// read zip64 header sizes
var z64hs = function (d, b, l, z, sc, su, off) {
    var nsc = sc == 4294967295, nsu = su == 4294967295, noff = off == 4294967295, e = b + l;
    var nf = nsc + nsu + noff;
    if (z && nf) {
        for (; b + 4 < e; b += 4 + b2(d, b + 2)) {
            if (b2(d, b) == 1) {
                return [
                    nsc ? b8(d, b + 4 + 8 * nsu) : sc,
                    nsu ? b8(d, b + 4) : su,
                    noff ? b8(d, b + 4 + 8 * (nsu + nsc)) : off,
                    1
                ];
            }
        }
        // z == 2 for unknown whether or not zip64
        if (z < 2)
            err(13);
    }
    return [sc, su, off, 0];
};
/**
 * Synchronously decompresses a ZIP archive. Prefer using `unzip` for better
 * performance with more than one file.
 * @param data The raw compressed ZIP file
 * @param opts The ZIP extraction options
 * @returns The decompressed files
 */
function unzipSync(data, opts) {
    var files = {};
    var e = data.length - 22;
    for (; b4(data, e) != 0x6054B50; --e) {
        if (!e || data.length - e > 65558)
            err(13);
    }
    var c = b2(data, e + 8);
    if (!c)
        return {};
    var o = b4(data, e + 16);
    var z = b4(data, e - 20) == 0x7064B50;
    if (z) {
        var ze = b4(data, e - 12);
        z = b4(data, ze) == 0x6064B50;
        if (z) {
            c = b4(data, ze + 32);
            o = b4(data, ze + 48);
        }
    }
    var fltr = opts && opts.filter;
    for (var i = 0; i < c; ++i) {
        var _a = zh(data, o, z), c_2 = _a[0], sc = _a[1], su = _a[2], fn = _a[3], no = _a[4], off = _a[5], b = slzh(data, off);
        o = no;
        if (!fltr || fltr({
            name: fn,
            size: sc,
            originalSize: su,
            compression: c_2
        })) {
            if (!c_2)
                files[fn] = slc(data, b, b + sc);
            else if (c_2 == 8)
                files[fn] = inflateSync(data.subarray(b, b + sc), { out: new u8(su) });
            else
                err(14, 'unknown compression type ' + c_2);
        }
    }
    return files;
}

const maxFiles = 100;
const maxTotalBytes = 256 * 1024 * 1024;
function unzipFiles(zip, isWanted) {
  let files = 0;
  let bytes = 0;
  const sizes = /* @__PURE__ */ new Map();
  const found = unzipSync(zip, {
    filter({ name, originalSize }) {
      files++;
      if (files > maxFiles) throw new Error(`it holds more than ${maxFiles} files`);
      if (!isWanted(name)) return false;
      if (sizes.has(name)) throw new Error("it holds two files of one name");
      bytes += originalSize;
      if (!(bytes <= maxTotalBytes)) throw new Error(`it holds more than ${maxTotalBytes} bytes`);
      sizes.set(name, originalSize);
      return true;
    }
  });
  for (const [name, size] of sizes) if (found[name]?.length !== size) throw new Error("it is damaged");
  return new Map(Object.entries(found));
}

const unsentPrefix = "build-stats-unsent-";
const names = /^unsent-\d{1,4}\.lp$/;
const maxZipBytes = 64 * 1024 * 1024;
const headBytes = 16384;
async function replayArtifacts(list, artifacts, files, dryRun, { env, log }) {
  const folder = fs.mkdtempSync(node_path.join(env.RUNNER_TEMP || os.tmpdir(), "build-stats-replay-"));
  const path = node_path.join(folder, "unsent.lp");
  async function replayOne(artifact, label) {
    let texts = [];
    let points = 0;
    const end = files.findEnd();
    if (end !== void 0) return { of: "", points, left: end };
    try {
      if (artifact.bytes > maxZipBytes) throw new Error(`it is longer than ${maxZipBytes} bytes`);
      texts = readTexts(await artifacts.download(artifact, maxZipBytes));
      const reasons = [];
      for (const { name, header, bytes } of texts) {
        const refused = files.refuse(header);
        if (refused === void 0) fs.writeFileSync(path, bytes, { mode: 384 });
        const replayed = refused === void 0 ? await files.send(path, header, `${label}, ${name}`) : void 0;
        points += replayed?.points ?? 0;
        reasons.push(...[refused ?? replayed?.left].filter((why) => why !== void 0));
      }
      if (reasons.length > 0) return { of: toOrigin(texts), points, left: [...new Set(reasons)].join("; ") };
      if (!dryRun) await artifacts.delete(artifact);
      return { of: toOrigin(texts), points, left: void 0 };
    } catch (error) {
      return { of: toOrigin(texts), points, left: error.message };
    }
  }
  try {
    const replayed = [];
    for (const [index, artifact] of list.entries()) {
      const place = `the artifact ${artifact.name}`;
      const one = await replayOne(artifact, place);
      replayed.push({ kind: "artifact", place, ...one });
      const fate = one.left === void 0 ? dryRun ? "not deleted, since this is a dry run" : "deleted" : "left";
      log.info(`${index + 1} of ${list.length}: ${one.points} points of ${place} sent; it is ${fate}.`);
    }
    return replayed;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
function readTexts(zip) {
  const others = [];
  const found = unzipFiles(zip, (name) => {
    const isOurs = names.test(name);
    if (!isOurs) others.push(name);
    return isOurs;
  });
  if (others.length > 0)
    throw new Error(`it holds the file ${JSON.stringify(others[0])}, which no job of this action made`);
  if (found.size === 0) throw new Error("it is empty");
  return [...found].map(([name, bytes]) => {
    const [line = ""] = Buffer.from(bytes.subarray(0, headBytes)).toString("utf8").split("\n", 1);
    const header = markdown.parseHeader(line);
    if (header === void 0) throw new Error(`${name} in it does not begin with a header that is known`);
    return { name, header, bytes };
  });
}
function toOrigin([first]) {
  return first === void 0 ? "" : `${first.header.builder}, run ${first.header.run_id}`;
}

function matchStorage({ name, target }, storages, redact) {
  const usable = storages.filter(isLasting);
  const named = name === void 0 ? void 0 : usable.find((one) => one.name !== void 0 && redact(one.name) === name);
  const same = named ?? usable.find((one) => redact(_undici.nameStorage(one.target)) === target);
  if (same !== void 0 || name !== void 0 || target.startsWith("file ")) return same;
  const servers = usable.filter(({ target: target2 }) => target2.kind === "influxdb");
  return servers.length === 1 ? servers[0] : void 0;
}
function isLasting({ target }) {
  return target.kind === "influxdb" || node_path.isAbsolute(target.name);
}
function explainUnmatched({ name, target }) {
  const which = name === void 0 ? target : `"${name}", ${target}`;
  const how = name === void 0 ? "" : ", or a config with a storage of this name";
  return `it is for ${which}: give the url, and the database or bucket, of that storage${how}`;
}

const progressMs = 1e4;
function createFileReplayer(settings, edges, signal, remainingMs) {
  const { log } = edges.runner;
  const sent = /* @__PURE__ */ new Map();
  const conflicts = [];
  const down = /* @__PURE__ */ new Map();
  function findEnd() {
    if (signal.aborted) return "the time was over (input timeout) before it was sent";
    const reasons = settings.storages.map((one) => down.get(one));
    return reasons.every((reason) => reason !== void 0) ? reasons[0] : void 0;
  }
  function refuse(header) {
    const end = findEnd();
    if (end !== void 0) return end;
    const storage = matchStorage(header, settings.storages, log.redact);
    return storage === void 0 ? explainUnmatched(header) : down.get(storage);
  }
  async function send(path, header, label) {
    const settingsOfOne = matchStorage(header, settings.storages, log.redact);
    if (settingsOfOne === void 0) return { points: 0, left: explainUnmatched(header) };
    const storage = _undici.openStorage(settingsOfOne, settings, edges);
    const { batches, report } = markdown.readUnsentPoints(path);
    const budgetMs = remainingMs() / 2;
    const startMs = performance.now();
    const end = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(budgetMs))]);
    const writing = {
      signal: end,
      readSignal: end,
      remainingMs: () => Math.max(0, budgetMs - (performance.now() - startMs)),
      unsent() {
      }
    };
    const result = await _undici.writeTo(storage, tellProgress(batches, label, log.info), 0, writing);
    const { written, unsent, lost, gaveUp, isDown, problems } = result;
    sent.set(storage.name, (sent.get(storage.name) ?? 0) + written);
    conflicts.push(...markdown.explainConflicts([result], []));
    const why = [...problems, ...report.problem === void 0 ? [] : [report.problem]].join("; ");
    const isDone = unsent + lost + report.malformed === 0 && gaveUp !== true && problems.length === 0;
    if (isDown === true || gaveUp === true) down.set(settingsOfOne, `${storage.name} took no more: ${why}`);
    const count = unsent + lost + report.malformed;
    const what = count === 0 ? "" : `${count} of its lines `;
    return { points: written, left: isDone ? void 0 : `${what}could not be written to ${storage.name}: ${why}` };
  }
  return { findEnd, refuse, send, sent, conflicts };
}
async function* tellProgress(batches, label, tell) {
  let count = 0;
  let toldMs = performance.now();
  for await (const batch of batches) {
    yield batch;
    count += batch.length;
    if (performance.now() - toldMs < progressMs) continue;
    toldMs = performance.now();
    tell(`${count} points of ${label} so far.`);
  }
}

const maxTold = 20;
function findReplayFaults({ replayed, problems }) {
  const left = replayed.filter(isLeft).map(({ place, of, left: left2 }) => {
    const from = of === "" ? "" : ` (${of})`;
    return `${place[0]?.toUpperCase()}${place.slice(1)}${from} is left: ${left2}.`;
  });
  const more = left.length > maxTold ? [`${left.length - maxTold} more are left.`] : [];
  return [...problems, ...left.slice(0, maxTold), ...more];
}
function findReplayNotes({ foreign }) {
  if (foreign === 0) return [];
  const are = foreign === 1 ? "is" : "are";
  return [
    `${markdown.countOf(foreign, "artifact")} ${are} passed over: a run of a fork made them, and may have put anything there.`
  ];
}
function toReplayHeadline({ replayed, dryRun }) {
  if (replayed.length === 0) return "Build Stats: there are no points to send.";
  const points = replayed.reduce((sum, one) => sum + one.points, 0);
  const counts = ["artifact", "file"].map((kind) => ({ kind, count: replayed.filter((one) => one.kind === kind).length })).filter(({ count }) => count > 0).map(({ kind, count }) => markdown.countOf(count, kind));
  const left = replayed.filter(isLeft).length;
  const are = left === 0 ? "none is" : left === 1 ? "1 is" : `${left} are`;
  const fate = dryRun ? "printed; a dry run deletes nothing" : `sent; ${are} left`;
  return `Build Stats: ${markdown.countOf(points, "point")} of ${counts.join(" and ")} ${fate}.`;
}
function toReplaySummary(outcome, redact) {
  const { replayed, sent, problems } = outcome;
  const text = (value) => markdown.escapeText(redact(value), 2e3);
  const left = replayed.filter(isLeft);
  const sections = [
    "## Build Stats: replay",
    text(toReplayHeadline(outcome)),
    sent.size === 0 ? "" : `### Where the points went

${markdown.toList([...sent].map(([name, count]) => `${text(name)}: ${markdown.countOf(count, "point")}`))}`,
    left.length === 0 ? "" : `### What is left

${markdown.toTable(
      ["Where", "Of", "Why"],
      left.map(({ place, of, left: left2 = "" }) => [text(place), text(of), text(left2)])
    )}`,
    problems.length + outcome.foreign === 0 ? "" : `### Good to know

${markdown.toList([...problems, ...findReplayNotes(outcome)].map(text))}`
  ];
  return `${sections.filter((part) => part !== "").join("\n\n")}
`;
}
function isLeft({ left }) {
  return left !== void 0;
}

async function parseReplaySettings(read, around) {
  const problems = [];
  const { storages } = await surroundings.parseStorages(read, around, problems);
  const settings = {
    storages,
    githubToken: read("github-token") || void 0,
    spool: surroundings.parseFolder(read, "spool", problems),
    timeoutMs: read("timeout") === "" ? 3e5 : surroundings.parseTimeout(read("timeout"), problems),
    failOnError: surroundings.parseBoolean(read, "fail-on-error", true, problems),
    summary: surroundings.parseBoolean(read, "summary", true, problems),
    dryRun: surroundings.parseBoolean(read, "dry-run", false, problems)
  };
  if (settings.githubToken === void 0 && settings.spool === void 0) {
    problems.push({ input: "github-token", text: "is empty, and so is spool: there is nowhere to look for points" });
  }
  if (problems.length > 0) throw new _undici.SettingsError(problems);
  return settings;
}

async function replaySpool(folder, files, dryRun, { log, now }) {
  const replayed = [];
  const toOrigin = ({ builder, run_id }) => `${builder}, run ${run_id}`;
  const isWanted = (header) => {
    const left = files.refuse(header);
    if (left === void 0) return true;
    replayed.push({ kind: "file", place: `a file in ${folder}`, of: toOrigin(header), points: 0, left });
    return false;
  };
  for (const { path, header, release, remove } of markdown.claimSpooled(folder, isWanted, now())) {
    const place = `the file ${node_path.basename(path).replace(/\.lp\..*$/, ".lp")} in ${folder}`;
    const { points, left } = await files.send(path, header, place);
    if (left === void 0 && !dryRun) remove();
    else release();
    replayed.push({ kind: "file", place, of: toOrigin(header), points, left });
    const fate = left === void 0 && !dryRun ? "removed" : "left";
    log.info(`${points} points of ${place} sent; it is ${fate}.`);
  }
  return replayed;
}

async function replay(edges) {
  const { runner } = edges;
  const { log } = runner;
  let settings;
  try {
    const around = surroundings.toSurroundings(runner, "replay", surroundings.readEvent(runner.env));
    settings = await parseReplaySettings(runner.readInput, around);
  } catch (error) {
    if (!(error instanceof _undici.SettingsError)) throw error;
    log.fail(error.message);
    return;
  }
  const endMs = performance.now() + settings.timeoutMs;
  const signal = AbortSignal.any([edges.cancel, AbortSignal.timeout(settings.timeoutMs)]);
  const files = createFileReplayer(settings, edges, signal, () => Math.max(0, endMs - performance.now()));
  const spooled = settings.spool === void 0 ? [] : await replaySpool(settings.spool, files, settings.dryRun, runner);
  const { replayed, problems, foreign } = await replayRepository(settings, files, edges, signal);
  const outcome = {
    replayed: [...spooled, ...replayed],
    sent: files.sent,
    problems: [...problems, ...files.conflicts],
    foreign,
    dryRun: settings.dryRun
  };
  tell(outcome, settings, edges);
}
async function replayRepository(settings, files, { runner, http }, signal) {
  const { env, log } = runner;
  if (settings.githubToken === void 0) return { replayed: [], problems: [], foreign: 0 };
  const query = { token: settings.githubToken, apiUrl: markdown.toApiUrl(env), repository: env.GITHUB_REPOSITORY ?? "" };
  let replayed = [];
  try {
    const artifacts = await openArtifacts(query, http, signal);
    const { artifacts: found, isCut } = await artifacts.list(unsentPrefix, (seen, total) => {
      if (seen % 1e3 === 0 && seen > 0) log.info(`${seen} of ${total} artifacts of the repository looked at.`);
    });
    const own = found.filter(({ isOwn }) => isOwn);
    if (own.length > 0) log.info(`Artifacts with points that were not written: ${own.length}.`);
    replayed = await replayArtifacts(own, artifacts, files, settings.dryRun, runner);
    const cut = "The repository has more artifacts than this action looks at, and older ones may hold points, too.";
    return { replayed, problems: isCut ? [cut] : [], foreign: found.length - own.length };
  } catch (error) {
    const problem = `Artifacts of the repository were not looked for: ${error.message}.`;
    return { replayed, problems: [problem], foreign: 0 };
  }
}
function tell(outcome, { failOnError, summary }, { runner }) {
  const { log, writeSummary } = runner;
  for (const text of findReplayFaults(outcome)) {
    if (failOnError) log.fail(text);
    else log.warning(text);
  }
  for (const text of findReplayNotes(outcome)) log.info(text);
  log.info(toReplayHeadline(outcome));
  if (!summary) return;
  try {
    writeSummary(toReplaySummary(outcome, log.redact));
  } catch (error) {
    log.warning(`The job summary could not be written: ${error.message}`);
  }
}

void _undici.runPhase(replay);
