/** What is used of the parser, so that the rest stays out of the bundle and this is loaded as one piece. */
export {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  FAILSAFE_SCHEMA,
  getScalarValue,
  parseEvents,
  YAMLException,
} from 'js-yaml'
