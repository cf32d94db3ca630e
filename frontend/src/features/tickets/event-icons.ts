import { CircleDot, CirclePlus, type LucideIcon, MessageSquare, Pencil, SignalHigh, Star, Tag, TriangleAlert, UserPlus, UserRound } from 'lucide-react'
import type { EventKind } from '@/graphql/generated/schema'

const ICONS: Partial<Record<EventKind, LucideIcon>> = {
  TICKET_CREATED: CirclePlus,
  TICKET_STATUS_CHANGED: CircleDot,
  TICKET_PRIORITY_CHANGED: SignalHigh,
  TICKET_SEGMENT_CHANGED: Tag,
  TICKET_ASSIGNED: UserRound,
  TICKET_COMMENTED: MessageSquare,
  TICKET_ESCALATED: TriangleAlert,
  RESPONSE_RECEIVED: Star,
  CONTACT_CREATED: UserPlus,
}

/** What an event looks like; whatever else it is, something was changed. */
export const eventIcon = (kind: EventKind): LucideIcon => ICONS[kind] ?? Pencil
