const mb = 1024 * 1024

/** What one document may cost. Whoever exceeds it is refused; the server and its other work do not notice. */
export const limits = {
  /** of a file that comes in, and of one that goes out */
  bytes: 100 * mb,
  /** of a DICOM file */
  dicomBytes: 256 * mb,
  /** of a file that comes in */
  pages: 500,
  /** of one that is merged of others and only goes out: it is not opened here again */
  mergedPages: 2000,
  /** of a picture: all its pages together */
  pixels: 100e6,
  picturePages: 200,
  /** one job, from its turn to its answer; a job whose step was killed may try its remaining steps once more */
  milliseconds: 20_000,
  /** resident memory of the child process */
  rss: 1024 * mb,
  /** JavaScript objects of the child process: megabytes */
  heap: 512,
  /** how long a child without work is kept warm: milliseconds */
  idle: 30_000,
  /** a child that has grown to this is replaced after its job */
  tired: 400 * mb,
  /** where a PDF's header is looked for */
  junk: 64 * 1024,
}
