"""What every room stands on: users, roles and scopes, audit, jobs, attachments, base templates."""
