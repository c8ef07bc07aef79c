using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>The large clouds.</summary>
internal static class CloudRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("aws-access-key-id", "AWS access key id (AKIA, ASIA, ABIA, ACCA)", "^AKIA{U:16-20}", "^ASIA{U:16-20}", "^ABIA{U:16-20}", "^ACCA{U:16-20}", "^A3T{U:17!}"),
        Of("aws-bedrock-key", "AWS Bedrock API key", "^ABSK{k:100+}{=:0-2}", "bedrock-api-key-{k:40+}{=:0-2}"),
        Of("aws-session-token", "AWS session token", "IQoJb3JpZ2lu{k:60+}{=:0-2}", "FwoGZXIvYXdz{k:60+}{=:0-2}"),
        Of("aws-mws-token", "Amazon MWS token", "amzn.mws.{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("aws-marketplace-secret", "Login with Amazon client secret", "amzn1.oa2-cs.v1.{h:60+}"),
        Of("google-api-key", "Google API key", "^AIza{w:30+}"),
        Of("google-oauth-secret", "Google OAuth client secret", "GOCSPX-{w:20+}"),
        Of("google-oauth-token", "Google OAuth access or refresh token", "ya29.{v:20+}", "^1//0{w:30+}", "^4/0A{w:40+}"),
        Of("google-gemini-key", "Google AI authentication key", "^AQ.Ab{w:30+}"),
        Of("google-storage-hmac", "Google Cloud Storage HMAC access id", "^GOOG1E{U:50+}", "^GOOG{U:20!}"),
        Of("firebase-messaging-key", "Firebase Cloud Messaging server key", "AAAA{w:7}:APA91b{w:100+}"),
        Of("azure-client-secret", "Microsoft Entra client secret", "{c:3}0Q~{c:31-40}", "{c:3}1Q~{c:31-40}", "{c:3}2Q~{c:31-40}", "{c:3}3Q~{c:31-40}", "{c:3}4Q~{c:31-40}", "{c:3}5Q~{c:31-40}", "{c:3}6Q~{c:31-40}", "{c:3}7Q~{c:31-40}", "{c:3}8Q~{c:31-40}", "{c:3}9Q~{c:31-40}"),
        Of("azure-storage-key", "Azure storage, search, function, event hub, container registry or Cosmos key with its own mark",
            "{B:76}+ASt{b:6+}{=:0-2}", "{B:76}ACDb{b:6+}{=:0-2}", "{w:44}AzFu{w:6+}{=:0-2}", "{A:42}AzSe{A:6+}", "{B:33}+AEh{b:6+}{=:0-2}", "{B:42}+ACR{b:6+}", "{B:33}+ASb{b:6+}{=:0-2}"),
        Of("azure-ai-key", "Azure AI services key", "{A:52}JQQJ99{A:26+}"),
        Of("alibaba-key", "Alibaba Cloud access key id", "^LTAI{A:16-20!}"),
        Of("tencent-key", "Tencent Cloud secret id", "^AKID{w:32!}"),
        Of("yandex-key", "Yandex Cloud API key or token", "^AQVN{w:35+}", "^t1.{A:1}{w:10+}.{w:80+}"),
        Of("openshift-token", "OpenShift OAuth token", "sha256~{w:43}"),
        Of("digitalocean-token", "DigitalOcean token", "dop_v1_{h:64}", "doo_v1_{h:64}", "dor_v1_{h:64}"),
        Of("scaleway-key", "Scaleway access key", "^SCW{U:17!}"),
        Of("tigris-secret", "Tigris secret access key", "^tsec_{w:30+}"),
        Of("backblaze-key", "Backblaze B2 application key", "^K00{d:1}{k:27!}"),
        Of("akamai-credential", "Akamai EdgeGrid credential", "akab-{A:16}-{A:16}"),
        Of("aiven-token", "Aiven token or password", "AVNS_{w:15+}", "aivenv1{k:60+}"),
        Of("tailscale-key", "Tailscale key", "tskey-{l:3+}-{A:8+}-{A:20+}", "tskey-{l:3+}-{A:8+}CNTRL-{A:20+}", "tskey-{l:3+}-{A:16+}"),
        Of("databricks-token", "Databricks token", "^dapi{h:32}", "^dose{h:32}", "^dkea{h:32}", "^dsapi{h:32}", "^dapi{h:32}-{d:1-2}"),
        Of("confluent-key", "Confluent Cloud secret", "^cflt{b:56+}"),
        Of("netbird-token", "NetBird token", "^nbp_{A:36}"),
        Of("ionic-token", "Ionic Appflow token", "^ion_{A:42}"),
        Of("defined-networking-key", "Defined Networking key", "^dnkey-{t:26}-{t:52}"),
        Of("rancher-token", "Rancher token", "token-{a:5}:{a:54}"),
    ];
}
