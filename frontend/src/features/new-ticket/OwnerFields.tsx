import { useStrings } from '@/app/i18n/use-strings'
import { useCan, useViewer } from '@/features/session/viewer'
import { Avatar } from '@/ui/Avatar'
import { ComboBox } from '@/ui/ComboBox'
import { FormRow } from '@/ui/Form'
import type { NewTicketChoicesQuery } from './new-ticket.generated'
import type { NewTicketForm } from './use-new-ticket'

/** Team and assignee. Without the right to assign: one's own teams, and oneself. */
export function OwnerFields({ form, choices }: { form: NewTicketForm; choices: NewTicketChoicesQuery | undefined }) {
  const t = useStrings()
  const viewer = useViewer()
  const canAssign = useCan('TICKETS_ASSIGN')
  const own = new Set([viewer.id, ...viewer.teams.map(({ id }) => id)])
  const isAllowed = ({ id }: { id: string }) => canAssign || own.has(id)
  const teams = (choices?.teams.nodes ?? []).filter(isAllowed)
  const people = (choices?.users.nodes ?? []).filter((user) => user.permissions.includes('TICKETS_WORK') && isAllowed(user))
  return (
    // The list of a combo box is fixed when it mounts, and an emptied form begins afresh.
    <FormRow key={`${Boolean(choices)} ${form.isEmpty}`}>
      <ComboBox
        label={t('tickets.field.team')}
        emptyText={t('tickets.choice.none')}
        options={teams.map(({ id, name }) => ({ id, text: name }))}
        {...form.field('teamId')}
      />
      <ComboBox
        label={t('tickets.field.assignee')}
        emptyText={t('tickets.choice.none')}
        options={people.map(({ id, name, initials, currentAbsence }) => ({
          id,
          text: name,
          hint: currentAbsence ? t('tickets.assignee.absent', { person: currentAbsence.forwardsTo.name }) : undefined,
          mark: <Avatar name={name} initials={initials} size={18} />,
        }))}
        {...form.field('assigneeId')}
      />
    </FormRow>
  )
}
