-- What PostgREST sets for a request, old and new names, for this transaction only.
select pg_catalog.set_config('request.jwt.claims', $1, true),
       pg_catalog.set_config('request.jwt.claim.sub', $2, true),
       pg_catalog.set_config('request.jwt.claim.role', $3, true),
       pg_catalog.set_config('role', $3, true)
