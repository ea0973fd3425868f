/** What is used of the parser, so that the rest stays out of the bundle and this is loaded as one piece. */
export { constructFromEvents, EVENT_ID, getScalarValue, parseEvents, YAMLException } from 'js-yaml'
