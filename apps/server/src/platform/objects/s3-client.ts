import {
  DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, ListObjectsV2Command, paginateListObjectsV2,
  PutObjectCommand, S3Client,
} from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { S3Config } from '../config/index.ts'

/** What is used of the SDK: one name, so that it can be loaded with the first request. */
export const sdk = {
  DeleteObjectCommand, GetObjectCommand, HeadBucketCommand, HeadObjectCommand, ListObjectsV2Command, paginateListObjectsV2, PutObjectCommand,
  createPresignedPost, getSignedUrl,
}

/** A client for this server's own requests, or with the public endpoint for signing what browsers send. */
export function openClient({ region, bucket, accessKeyId, secretAccessKey, pathStyle }: S3Config, endpoint: string | null): S3Client {
  return new S3Client({
    region,
    ...(endpoint ? { endpoint } : {}),
    credentials: { accessKeyId, secretAccessKey },
    // A certificate of a wildcard host name covers no bucket with dots in its name.
    forcePathStyle: pathStyle || bucket.includes('.'),
    // The checksums that the SDK adds by itself are refused or stored as part of the object by stores other than Amazon's.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
    requestHandler: { connectionTimeout: 3000, socketTimeout: 20_000 },
  })
}
