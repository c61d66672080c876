export { antibiogramOfFile } from './antibiogram-of-file.ts'
export type { FileQuestion } from './antibiogram-of-file.ts'
export { FileProblem } from './isolate-file/index.ts'
