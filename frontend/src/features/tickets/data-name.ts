/** The name of a field of embedded data, as people write: "numero_commande" and "numeroCommande" are "Numero commande". */
export function dataName(key: string): string {
  const words = key.replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2').replace(/[_.-]+/g, ' ').trim().toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
