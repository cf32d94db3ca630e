import { expect, test } from 'vitest'
import { groupPhone } from './phone-number'

test.each([
  ['+33612345678', '+33 6 12 34 56 78'],
  ['+441314960275', '+44 131 496 0275'],
  ['+32470123456', '+32 470 12 34 56'],
  ['+12025550143', '+1 202 555 0143'],
  ['+352621123456', '+352 621 123 456'],
  ['+351912345678', '+351 912 345 678'],
  ['+5511987654321', '+55 119 876 543 21'],
])('%s is read as %s', (phone, read) => {
  expect(groupPhone(phone)).toBe(read)
})

test('what is no international number stays as it was written', () => {
  expect(groupPhone('poste 12')).toBe('poste 12')
  expect(groupPhone('0612345678')).toBe('0612345678')
})
