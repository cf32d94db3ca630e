/** The server's limits, in characters. */
export const LONGEST_SUBJECT = 200
export const LONGEST_COMMENT = 10_000
