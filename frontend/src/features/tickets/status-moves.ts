import type { StatusCategory } from '@/graphql/generated/schema'

export function isFinished({ category }: { category: StatusCategory }): boolean {
  return category === 'RESOLVED' || category === 'CLOSED'
}
