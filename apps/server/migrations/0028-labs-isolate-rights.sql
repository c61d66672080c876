-- Roles of labs that exist already get their part of what antibiograms need.
update labs.role set permissions = permissions || array['molecular.isolates', 'molecular.import']
  where 'labs.manage_roles' = any (permissions) and not 'molecular.isolates' = any (permissions);
update labs.role set permissions = permissions || array['molecular.isolates']
  where 'reports.enter' = any (permissions) and not 'molecular.isolates' = any (permissions);
update labs.role set permissions = permissions || array['molecular.import']
  where 'reports.sign' = any (permissions) and not 'molecular.import' = any (permissions);
