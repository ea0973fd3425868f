module.exports.unused = function unused(value) {
  return value || 1
}
