-- Tables into which this transaction has inserted; attempts that were undone count too.
select s.relid::bigint from pg_catalog.pg_stat_xact_user_tables s where s.n_tup_ins > 0 and s.schemaname <> 'agentflow_meta'
