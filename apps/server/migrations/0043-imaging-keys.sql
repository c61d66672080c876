-- The index of images is compared with the bucket, which lists its keys by their bytes.
create index image_by_key on imaging.image (lab_id, key collate "C") where state in ('ready', 'set_aside');
