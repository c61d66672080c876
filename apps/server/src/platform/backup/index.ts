export { BackupRefused } from './refused.ts'
export { restoreBackup } from './restore-backup.ts'
export { writeBackup, type Ask, type KeptBytes } from './write-backup.ts'
