const unknown = /^(\(?unknown\b.*|unidentified\b.*|no (significant )?growth.*|no organism.*|sterile|not identified|none|na|xxx|-)$/i

/** Serovars, varieties and subspecies that are named as such. */
const belowSpecies = /\s+(subsp|ssp|subspecies|serovar|ser|var|biovar|bv)\.?\s+.*$/i

/**
 * The species that an organism is reported under, or null when it is not known which organism it is ("no growth", "(unknown name)"). What is named as being
 * below a species is left out; every other name stays as it is: "Enterobacter cloacae complex" and coagulase-negative staphylococci are species of their own.
 */
export function reportingSpecies(organism: string): string | null {
  const name = organism.trim().replaceAll(/\s+/g, ' ')
  return name === '' || unknown.test(name) ? null : name.replace(belowSpecies, '')
}
