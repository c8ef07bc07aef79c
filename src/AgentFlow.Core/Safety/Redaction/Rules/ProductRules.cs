using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Work, design, content and other products.</summary>
internal static class ProductRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("linear-key", "Linear API key or OAuth token", "lin_api_{A:32+}", "lin_oauth_{H:32+}", "lin_wh_{A:32+}"),
        Of("notion-token", "Notion integration token", "^ntn_{A:40+}", "^secret_{A:43}"),
        Of("airtable-token", "Airtable token or key", "^pat{A:14}.{H:64}", "^key{A:14!}"),
        Of("figma-token", "Figma token", "figd_{w:32+}", "^figo_{w:32+}", "^figu_{w:32+}", "^figur_{w:32+}"),
        Of("asana-token", "Asana personal access token", "^1/{d:10-20}:{h:32}", "^2/{d:10-20}/{d:10-20}:{h:32}"),
        Of("clickup-token", "ClickUp token", "^pk_{d:6-10}_{U:30+}"),
        Of("trello-token", "Trello token", "^ATTA{H:64+}"),
        Of("typeform-token", "Typeform token", "^tfp_{y:40+}"),
        Of("cal-key", "Cal.com key", "^cal_live_{H:30+}", "^cal_test_{H:30+}", "^cal_{h:32}"),
        Of("dropbox-token", "Dropbox token", "^sl.{w:120+}", "^sl.u.{w:100+}", "^sl.B{w:100+}"),
        Of("contentful-token", "Contentful management token", "CFPAT-{w:40+}"),
        Of("frameio-token", "Frame.io token", "fio-u-{t:60+}"),
        Of("retool-key", "Retool key", "retool_{w:24+}"),
        Of("alchemy-token", "Alchemy token", "alcht_{A:28+}"),
        Of("adafruit-key", "Adafruit IO key", "^aio_{A:28}"),
        Of("wakatime-key", "WakaTime key or token", "waka_{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "waka_sec_{A:40+}", "waka_tok_{A:40+}", "waka_ref_{A:40+}"),
        Of("riot-key", "Riot Games API key", "RGAPI-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("rapidapi-key", "RapidAPI key", "{h:10}msh{h:15}p1{h:5-6}jsn{h:12}"),
        Of("twitch-stream-key", "Twitch stream key", "^live_{d:8-12}_{A:28+}"),
        Of("webflow-token", "Webflow token", "^ws-{h:64}"),
        Of("prismic-token", "Prismic token", "^MC5{w:30+}.{w:20+}"),
        Of("n8n-key", "n8n key", "n8n_api_{h:40+}"),
        Of("pipedream-key", "Pipedream key", "^pd_{h:32}", "^pdsk_{w:32+}"),
        Of("gitbook-token", "GitBook token", "^gb_api_{A:32+}"),
        Of("settlemint-token", "SettleMint token", "sm_aat_{A:16}", "sm_pat_{A:16}", "sm_sat_{A:16}"),
        Of("salesforce-token", "Salesforce session or access token", "^00D{A:12-15}!{c:80+}"),
        Of("zoho-token", "Zoho token", "^1000.{h:32}.{h:32}"),
        Of("teamwork-token", "Teamwork token", "^tkn.v1_{k:60+}{=:0-2}"),
        Of("unleash-token", "Unleash client token", ":development.{h:56+}", ":production.{h:56+}"),
        Of("plain-key", "Plain API key", "^plainApiKey_{A:24+}"),
    ];
}
