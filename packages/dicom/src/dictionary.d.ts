declare module 'dcmjs/dictionary' {
  const dictionary: Record<string, { vr: string; name: string } | undefined>
  export default dictionary
}
