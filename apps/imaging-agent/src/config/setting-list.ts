/** `secret` is never a flag, since other users of the machine see those, and is never shown back. */
export type SettingKind = 'text' | 'secret' | 'number' | 'switch' | 'path' | 'address' | 'choice'
export type Part = 'database' | 'folder' | 'resolver' | 'bucket' | 'agent'

export interface SettingRule {
  part: Part
  kind: SettingKind
  label: string
  help: string
  fallback?: string
  choices?: readonly string[]
  /** of a number, both allowed */
  range?: readonly [number, number]
  /** matters only where the other setting has this value */
  when?: readonly [name: string, value: string]
}

/** Every setting, once: flags, environment, file, the page and docs/imaging-agent.md all come from here. */
export const settingList = {
  source: {
    part: 'database', kind: 'choice', choices: ['sql', 'csv'], fallback: 'sql', label: 'Read patients from',
    help: 'the Sidexis SQL Server, read-only (sql), or two exports with the same columns (csv)',
  },
  sqlServer: { part: 'database', kind: 'text', when: ['source', 'sql'], label: 'Server', help: 'host name or address, or HOST\\INSTANCE' },
  sqlPort: { part: 'database', kind: 'number', range: [1, 65_535], when: ['source', 'sql'], label: 'Port',
    help: 'empty: 1433, or what SQL Server Browser says of the instance' },
  sqlDatabase: { part: 'database', kind: 'text', fallback: 'SIDEXIS', when: ['source', 'sql'], label: 'Database', help: 'its name on the server' },
  sqlUser: { part: 'database', kind: 'text', when: ['source', 'sql'], label: 'User', help: "a read-only login of the practice's own" },
  sqlPassword: { part: 'database', kind: 'secret', when: ['source', 'sql'], label: 'Password', help: 'of that login; there is no default' },
  sqlEncrypt: { part: 'database', kind: 'switch', fallback: 'on', when: ['source', 'sql'], label: 'Encrypt the connection',
    help: 'off only where the server cannot' },
  sqlTrustCertificate: {
    part: 'database', kind: 'switch', fallback: 'off', when: ['source', 'sql'], label: 'Trust a certificate that nobody vouches for',
    help: 'on for the certificate that SQL Server makes for itself; only inside the practice',
  },
  sqlReadOnly: { part: 'database', kind: 'switch', fallback: 'on', when: ['source', 'sql'], label: 'Say that we only read',
    help: 'ApplicationIntent=ReadOnly' },
  patientsCsv: { part: 'database', kind: 'path', when: ['source', 'csv'], label: 'Export of Patient',
    help: 'a CSV file with the columns of docs/imaging-agent.md' },
  mediabaseCsv: { part: 'database', kind: 'path', when: ['source', 'csv'], label: 'Export of MediaBase',
    help: 'a CSV file with the columns of docs/imaging-agent.md' },
  pdata: { part: 'folder', kind: 'path', label: 'pdata folder', help: 'the folder that holds P_0000123 and the like' },
  settleSeconds: {
    part: 'folder', kind: 'number', range: [0, 3600], fallback: '10', label: 'Wait until a file is still for',
    help: 'seconds without a change before a file counts as written',
  },
  largestMb: { part: 'folder', kind: 'number', range: [1, 512], fallback: '512', label: 'Largest image',
    help: 'megabytes; larger files are set aside' },
  scanMinutes: { part: 'folder', kind: 'number', range: [1, 1440], fallback: '5', label: 'Look through the folder every',
    help: 'minutes, besides what the file system tells' },
  server: { part: 'resolver', kind: 'address', label: "The lab's server", help: 'its web address, as in the browser' },
  serverKey: { part: 'resolver', kind: 'secret', label: "The clinic's key", help: 'made in the lab under Dental clinics' },
  clinicId: { part: 'resolver', kind: 'number', range: [1, 999_999_999_999_999], label: 'Clinic number', help: 'shown beside the key' },
  resolver: { part: 'resolver', kind: 'address', label: 'Another resolver', help: "full address, where cards are not resolved by the lab's server" },
  resolverKey: { part: 'resolver', kind: 'secret', label: "That resolver's key", help: "empty: the clinic's key" },
  bucket: {
    part: 'bucket', kind: 'choice', choices: ['server', 's3'], fallback: 'server', label: 'Send images',
    help: "straight to the bucket, with forms that the lab's server signs (server) or with credentials of this clinic's own (s3)",
  },
  s3Endpoint: { part: 'bucket', kind: 'address', when: ['bucket', 's3'], label: 'Endpoint', help: 'empty: Amazon S3' },
  s3Region: { part: 'bucket', kind: 'text', fallback: 'us-east-1', when: ['bucket', 's3'], label: 'Region', help: 'of the bucket' },
  s3Bucket: { part: 'bucket', kind: 'text', when: ['bucket', 's3'], label: 'Bucket', help: 'its name' },
  s3AccessKeyId: { part: 'bucket', kind: 'text', when: ['bucket', 's3'], label: 'Access key id', help: 'of a user who may put and head images/*' },
  s3SecretAccessKey: { part: 'bucket', kind: 'secret', when: ['bucket', 's3'], label: 'Secret access key', help: 'of that user' },
  s3PathStyle: { part: 'bucket', kind: 'switch', fallback: 'off', when: ['bucket', 's3'], label: 'Bucket in the path',
    help: 'on for most stores other than Amazon' },
  uploads: { part: 'bucket', kind: 'number', range: [1, 16], fallback: '4', label: 'Images at once', help: 'how many are sent at the same time' },
  logLevel: { part: 'agent', kind: 'choice', choices: ['debug', 'info', 'warn', 'error', 'silent'], fallback: 'info', label: 'Log',
    help: 'how much is written to the log' },
} as const satisfies Record<string, SettingRule>

export type SettingName = keyof typeof settingList
export type Values = Record<SettingName, string>

export const settingNames = Object.keys(settingList) as SettingName[]
export const ruleOf = (name: SettingName): SettingRule => settingList[name]

const words = (name: string): string[] => name.replace(/[A-Z]/g, ' $&').split(' ')
/** sqlServer: `--sql-server` */
export const flagOf = (name: SettingName): string => `--${words(name).join('-').toLowerCase()}`
/** sqlServer: `IMAGING_SQL_SERVER` */
export const variableOf = (name: SettingName): string => `IMAGING_${words(name).join('_').toUpperCase()}`
