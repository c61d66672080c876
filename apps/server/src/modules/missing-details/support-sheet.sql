-- Active configs for a lab

SELECT id, field_name, field_value, field_module, field_category, is_disabled
FROM LabMissingDetailsConfiguration
WHERE lab_id = ? AND is_disabled = 0
ORDER BY field_name;

-- Runtime unresolved missing details for a patient

SELECT id, field_name, field_value, field_module, is_resolved, created_at, resolved_at
FROM LabMissingDetails
WHERE lab_id = ? AND user_details_id = ? AND is_resolved = 0
ORDER BY created_at DESC;

-- Entity creation traces caused by config save

SELECT id, config_id, entity_name, object_id, lab_id, org_id, created_at
FROM MissingDetailsEntityCreation
WHERE lab_id = ?
ORDER BY created_at DESC;
