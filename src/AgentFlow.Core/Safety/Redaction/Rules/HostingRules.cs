using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Hosting platforms, edge networks and databases as a service.</summary>
internal static class HostingRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("docker-swarm-token", "Docker Swarm join token", "SWMTKN-1-{a:40-60}-{a:20-30}"),
        Of("vercel-token", "Vercel token (vcp_, vci_, vca_, vcr_, vck_, vcs_)",
            "^vcp_{A:20+}", "^vci_{A:20+}", "^vca_{A:20+}", "^vcr_{A:20+}", "^vck_{A:20+}", "^vcs_{A:20+}"),
        Of("vercel-blob-token", "Vercel Blob token", "vercel_blob_rw_{s:20+}", "vercel_blob_ro_{s:20+}"),
        Of("supabase-secret-key", "Supabase secret API key", "sb_secret_{w:16+}"),
        Of("supabase-access-token", "Supabase personal or OAuth access token", "^sbp_{H:40+}", "^sbp_v0_{H:40+}", "^sbp_oauth_{H:40+}", "sba_{H:40+}", "sbr_{H:40+}"),
        Of("netlify-token", "Netlify token", "^nfp_{w:30+}", "^nfo_{w:30+}", "^nfc_{w:30+}", "^nfb_{w:30+}"),
        Of("heroku-key", "Heroku API key", "HRKU-{w:36+}"),
        Of("fly-token", "Fly.io token", "FlyV1 fm{d:1}{A:0-1}_{k:40+}{=:0-2}", "^fm2_{k:60+}{=:0-2}", "^fm1r_{k:60+}{=:0-2}", "^fm1a_{k:60+}{=:0-2}", "^fo1_{w:40+}"),
        Of("render-key", "Render API key", "^rnd_{A:24+}"),
        Of("railway-token", "Railway token", "rw_Fe26.{q:20+}"),
        Of("cloudflare-token", "Cloudflare token or origin CA key", "^v1.0-{h:24}-{h:146}", "^cfut_{A:40+}", "^cfat_{A:40+}", "^cfk_{A:40+}", "^cfoat_{w:40+}"),
        Of("neon-key", "Neon API key or role password", "^napi_{a:40+}", "^npg_{A:10+}"),
        Of("planetscale-token", "PlanetScale token or password", "pscale_tkn_{y:32+}", "pscale_pw_{y:32+}", "pscale_oauth_{y:32+}"),
        Of("upstash-token", "QStash signing key", "^sig_{A:24+}"),
        Of("qstash-token", "QStash token", "^eyJVc2VySUQiOi{k:40+}{=:0-2}"),
        Of("xata-key", "Xata API key", "^xau_{A:36+}"),
        Of("mongodb-atlas-secret", "MongoDB Atlas service account secret", "mdb_sa_sk_{w:30+}"),
        Of("cockroach-key", "CockroachDB Cloud key", "CCDB1_{w:20+}"),
        Of("tinybird-token", "Tinybird token", "^p.eyJ{w:40+}.{w:20+}"),
        Of("convex-deploy-key", "Convex deploy key", "|{>}eyJ2MiI6{k:16+}{=:0-2}"),
        Of("deno-token", "Deno Deploy token", "^ddp_{A:30+}", "^ddo_{A:30+}", "^ddw_{A:30+}"),
        Of("valtown-token", "Val Town token", "^vtwn_{A:16+}"),
        Of("clickhouse-key", "ClickHouse Cloud key secret", "^4b1d{A:38!}"),
        Of("appwrite-key", "Appwrite API key", "standard_{h:120+}"),
        Of("scalingo-token", "Scalingo token", "tk-us-{w:48}"),
        Of("daytona-token", "Daytona key", "^dtn_{h:64}"),
        Of("trigger-dev-key", "Trigger.dev key", "^tr_dev_{A:16+}", "^tr_prod_{A:16+}", "^tr_stg_{A:16+}", "^tr_preview_{A:16+}", "^tr_pat_{a:32+}"),
        Of("inngest-signing-key", "Inngest signing key", "signkey-{l:3+}-{H:32+}"),
        Of("dotenv-key", "dotenv vault key", "dotenv://:key_{H:64}"),
        Of("imagekit-private-key", "ImageKit private key", "^private_{b:24+}{=:0-2}"),
    ];
}
