/** The types that a rule may give a value. */
export const valueTypes = ['float', 'int', 'string', 'boolean', 'percent', 'seconds', 'bytes'] as const
export type ValueType = (typeof valueTypes)[number]
