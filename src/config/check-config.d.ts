import type {ErrorObject} from 'ajv'

/** Checks a configuration by its schema; all that is wrong is in `errors`. scripts/compile-schema.js writes it. */
export declare const checkConfig: {
  (value: unknown): boolean
  errors?: ErrorObject[] | null
}
