-- Roles of labs that exist already get their part of integrations.
update labs.role set permissions = permissions || array['integrations.view', 'integrations.manage', 'integrations.replay']
  where 'labs.manage_roles' = any (permissions) and not 'integrations.view' = any (permissions);
