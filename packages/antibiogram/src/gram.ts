const positive = `Staphylococcus Streptococcus Enterococcus Listeria Corynebacterium Bacillus Clostridium Clostridioides Lactobacillus Micrococcus Aerococcus Gemella
  Actinomyces Actinotignum Abiotrophia Granulicatella Lactococcus Leuconostoc Pediococcus Rothia Kocuria Nocardia Rhodococcus Arthrobacter Brevibacterium Cutibacterium
  Propionibacterium Peptostreptococcus Peptoniphilus Finegoldia Anaerococcus Parvimonas Eubacterium Bifidobacterium Paenibacillus Dermabacter Erysipelothrix Facklamia
  Globicatella Trueperella Arcanobacterium Cellulomonas Microbacterium Eggerthella Fusibacter Schaalia`.split(/\s+/)

const negative = `Escherichia Klebsiella Enterobacter Citrobacter Serratia Proteus Morganella Providencia Salmonella Shigella Yersinia Hafnia Pantoea Raoultella Cronobacter
  Kluyvera Leclercia Cedecea Edwardsiella Plesiomonas Rahnella Pseudomonas Acinetobacter Stenotrophomonas Burkholderia Achromobacter Alcaligenes Chryseobacterium
  Elizabethkingia Haemophilus Aggregatibacter Pasteurella Moraxella Neisseria Campylobacter Helicobacter Vibrio Aeromonas Bordetella Brucella Francisella Legionella
  Bacteroides Prevotella Fusobacterium Veillonella Porphyromonas Parabacteroides Capnocytophaga Eikenella Kingella Cardiobacterium Shewanella Sphingomonas
  Ochrobactrum Delftia Comamonas Ralstonia Leptotrichia Sphingobacterium Pseudescherichia`.split(/\s+/)

const stains = new Map([...positive.map((genus) => [genus, 'positive'] as const), ...negative.map((genus) => [genus, 'negative'] as const)])

/** The Gram stain of the genus that a species' name says ("Coagulase-negative Staphylococcus (CoNS)" too), or null where it is not one of those known here. */
export function gramOf(species: string): 'positive' | 'negative' | null {
  for (const word of species.split(/[^A-Za-z]+/)) {
    const stain = stains.get(word)
    if (stain) return stain
  }
  if (/gram.?neg/i.test(species)) return 'negative'
  return /gram.?pos|\bMRSA\b|\bVRE\b/i.test(species) ? 'positive' : null
}
