interface DefaultDepartment {
  code: string
  name: string
  requiredSignRank: number
  sequence: number
  radiology?: boolean
}

/** Departments in the order of a merged report. */
export const departments: DefaultDepartment[] = [
  { code: 'HAEM', name: 'Haematology', requiredSignRank: 1, sequence: 1 },
  { code: 'BIO', name: 'Clinical biochemistry', requiredSignRank: 1, sequence: 2 },
  { code: 'IMM', name: 'Immunology and endocrinology', requiredSignRank: 1, sequence: 3 },
  { code: 'SERO', name: 'Serology', requiredSignRank: 1, sequence: 4 },
  { code: 'CLIN', name: 'Clinical pathology', requiredSignRank: 1, sequence: 5 },
  { code: 'MICRO', name: 'Microbiology', requiredSignRank: 2, sequence: 6 },
  { code: 'HISTO', name: 'Histopathology', requiredSignRank: 2, sequence: 7 },
  { code: 'RAD', name: 'Radiology', requiredSignRank: 2, sequence: 8, radiology: true },
]
