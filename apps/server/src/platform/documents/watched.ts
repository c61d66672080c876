/** Nobody else sends this signal; where no one catches it, it ends the process. */
export const tooMuchMemory = 'SIGUSR2'
