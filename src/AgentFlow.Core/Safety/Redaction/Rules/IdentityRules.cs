using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Identity providers, secret stores, keys.</summary>
internal static class IdentityRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("vault-token", "HashiCorp Vault token", "^hvs.{w:20+}", "^s.CAESI{w:60+}", "^hvb.{w:20+}", "^hvr.{w:20+}"),
        Of("onepassword-token", "1Password service account token or secret key", "ops_eyJ{k:60+}{=:0-2}",
            "^A3-{U:6}-{U:11}-{U:5}-{U:5}-{U:5}", "^A3-{U:6}-{U:6}-{U:5}-{U:5}-{U:5}-{U:5}"),
        Of("doppler-token", "Doppler token", "^dp.pt.{A:36+}", "^dp.ct.{A:36+}", "^dp.st.{A:36+}", "^dp.st.{w:2-40}.{A:36+}", "^dp.sa.{A:36+}", "^dp.scim.{A:36+}", "^dp.audit.{A:36+}", "^dp.said.{A:36+}"),
        Of("infisical-token", "Infisical service token", "^st.{h:24}.{h:32}.{h:32}", "^st.{H:8}-{H:4}-{H:4}-{H:4}-{H:12}.{h:32}.{h:32}"),
        Of("age-secret-key", "age secret key", "AGE-SECRET-KEY-1{p:58}", "AGE-PLUGIN-{U:2+}-1{U:20+}"),
        Of("okta-token", "Okta API token", "SSWS {w:30+}"),
        Of("arcjet-key", "Arcjet site key", "ajkey_{a:24+}"),
        Of("stytch-secret", "Stytch secret", "secret-live-{k:30+}{=:0-2}", "secret-test-{k:30+}{=:0-2}"),
        Of("ory-token", "Ory token", "^ory_pat_{w:24+}", "^ory_at_{w:24+}", "^ory_ac_{w:24+}", "^ory_rt_{w:24+}", "^ory_st_{w:24+}"),
        Of("svix-token", "Svix API token", "^testsk_{v:24+}"),
        Of("dynamic-token", "Dynamic token", "^dyn_{A:48+}"),
        Of("bitwarden-token", "Bitwarden Secrets Manager access token", "^0.{H:8}-{H:4}-{H:4}-{H:4}-{H:12}.{A:20+}:{k:20+}{=:0-2}"),
        Of("zuplo-key", "Zuplo key", "^zpka_{s:32+}"),
        Of("authress-key", "Authress service client key", "^sc_{a:5-30}.{a:4-6}.acc_{a:10-32}.{w:30+}", "^ext_{a:5-30}.{a:4-6}.acc_{a:10-32}.{w:30+}"),
        Of("intra42-secret", "42 client secret", "s-s4t2ud-{h:64}", "s-s4t2af-{h:64}"),
        Of("adobe-secret", "Adobe client secret", "^p8e-{A:32!}"),
        Of("bitcoin-private-key", "Extended private key of a wallet", "^xprv{A:100+}", "^yprv{A:100+}", "^zprv{A:100+}", "^tprv{A:100+}"),
        Of("nostr-private-key", "Nostr private key", "^nsec1{a:58}"),
        Of("lichess-token", "Lichess token", "^lip_{A:20}"),
        Of("portainer-token", "Portainer access token", "^ptr_{k:40+}{=:0-2}"),
        Of("password-hash", "Hash of a password (md5 of PostgreSQL, bcrypt, sha-crypt, yescrypt, Argon2, scrypt, PBKDF2, SCRAM)",
            "\"md5{>}{h:32!}", "'md5{>}{h:32!}", "$2a${d:2}${r:53}", "$2b${d:2}${r:53}", "$2y${d:2}${r:53}", "$apr1${r:1-8}${r:22}", "$y${r:1-12}${r:1-86}${r:43}",
            "$5${r:1-16}${r:43}", "$5$rounds={d:4-9}${r:1-16}${r:43}", "$6${r:1-16}${r:86}", "$6$rounds={d:4-9}${r:1-16}${r:86}",
            "$argon2id$v={d:2}$m={d:1-10},t={d:1-4},p={d:1-4}${B:11+}${B:22+}", "$argon2i$v={d:2}$m={d:1-10},t={d:1-4},p={d:1-4}${B:11+}${B:22+}",
            "pbkdf2_sha256${d:4-9}${A:1-64}${B:43}{=:0-1}", "pbkdf2:sha256:{d:4-9}${A:1-64}${h:64}", "scrypt:{d:3-9}:{d:1-2}:{d:1-2}${A:1-64}${h:128}",
            "SCRAM-SHA-256${d:4-9}:{B:20+}{=:0-2}${B:43}=:{B:43}="),
        Of("laravel-app-key", "Laravel application key", "base64:{b:43}{=:1}"),
    ];
}
