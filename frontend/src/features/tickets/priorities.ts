import type { TicketPriority } from '@/graphql/generated/schema'

/** The most urgent first, as people look for them. */
export const PRIORITIES: readonly TicketPriority[] = ['HIGH', 'MEDIUM', 'LOW']
