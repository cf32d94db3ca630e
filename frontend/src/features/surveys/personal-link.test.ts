import { expect, test } from 'vitest'
import { personalLink } from './personal-link'

const PAGE = 'https://boucle.example/r/apres-achat'

test('a link carries the declared values and the person, escaped, and nothing that is empty', () => {
  const link = personalLink(PAGE, { embedded: { commande: 'CMD 47&11', produit: ' ' }, person: { email: 'lea+tag@exemple.fr', last_name: '' } })
  expect(link).toBe(`${PAGE}?e.commande=CMD%2047%2611&email=lea%2Btag%40exemple.fr`)
  expect(personalLink(PAGE, { embedded: {}, person: {} })).toBe(PAGE)
})

test.each(['{{order.number}}', '{order}', '*|ORDER|*', '%%order%%', '[order]'])('the placeholder %s stays as the mailing tool knows it', (placeholder) => {
  expect(personalLink(PAGE, { embedded: { commande: placeholder }, person: {} })).toBe(`${PAGE}?e.commande=${placeholder}`)
})

test('what only looks like a placeholder is escaped where it would break the address', () => {
  expect(personalLink(PAGE, { embedded: { commande: '{a&b}' }, person: {} })).toBe(`${PAGE}?e.commande=%7Ba%26b%7D`)
})
