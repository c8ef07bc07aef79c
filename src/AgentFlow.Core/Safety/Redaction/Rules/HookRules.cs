using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Addresses that are credentials: whoever knows the path may post to it.</summary>
internal static class HookRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("slack-webhook", "Path of a Slack incoming webhook, workflow or trigger URL",
            "hooks.slack.com/services/{>}{b:24+}", "hooks.slack.com/workflows/{>}{b:24+}", "hooks.slack.com/triggers/{>}{b:24+}", "hooks.slack-gov.com/services/{>}{b:24+}", "hooks.slack.com%2Fservices%2F{>}{A:8+}%2F{A:8+}%2F{A:20+}"),
        Of("discord-webhook", "Token in a Discord webhook URL",
            "discord.com/api/webhooks/{d:15-22}/{>}{w:40+}", "discordapp.com/api/webhooks/{d:15-22}/{>}{w:40+}", "discord.com/api/v{d:1-2}/webhooks/{d:15-22}/{>}{w:40+}", "discord.com%2Fapi%2Fwebhooks%2F{d:15-22}%2F{>}{w:40+}"),
        Of("teams-webhook", "Path of a Microsoft Teams webhook URL",
            "webhook.office.com/webhookb2/{>}{H:8}-{H:4}-{H:4}-{H:4}-{H:12}@{H:8}-{H:4}-{H:4}-{H:4}-{H:12}/IncomingWebhook/{H:32}/{H:8}-{H:4}-{H:4}-{H:4}-{H:12}",
            "outlook.office.com/webhook/{>}{H:8}-{H:4}-{H:4}-{H:4}-{H:12}@{H:8}-{H:4}-{H:4}-{H:4}-{H:12}/IncomingWebhook/{H:32}/{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("deploy-hook", "Deploy or build hook of Vercel, Netlify, Cloudflare Pages or Render",
            "/v1/integrations/deploy/prj_{A:8+}/{>}{A:6+}", "/v1/integrations/deploy/{w:8+}/{>}{A:6+}", "%2Fv1%2Fintegrations%2Fdeploy%2Fprj_{A:8+}%2F{>}{A:6+}", "api.netlify.com/build_hooks/{>}{h:20+}",
            "/pages/webhooks/deploy_hooks/{>}{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "api.render.com/deploy/srv-{a:16+}?key={>}{w:8+}", "/deploy/hook/{>}{w:16+}"),
        Of("automation-webhook", "Zapier, Make, IFTTT, n8n or Pipedream webhook URL",
            "hooks.zapier.com/hooks/catch/{d:4+}/{>}{A:5+}", "hook.make.com/{>}{a:24+}", "hook.eu1.make.com/{>}{a:24+}", "hook.eu2.make.com/{>}{a:24+}",
            "hook.us1.make.com/{>}{a:24+}", "hook.us2.make.com/{>}{a:24+}", "hook.integromat.com/{>}{a:24+}", "/with/key/{>}{w:16+}"),
        Of("rpc-node-key", "Key in the path of an Ethereum node (Infura, Alchemy)",
            ".infura.io/v3/{>}{H:32}", ".infura.io/ws/v3/{>}{H:32}", ".g.alchemy.com/v2/{>}{w:24+}", ".alchemyapi.io/v2/{>}{w:24+}"),
        Of("heartbeat-url", "Ping URL of Healthchecks, Better Stack or Cronitor",
            "hc-ping.com/{>}{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "hc-ping.com/{>}{w:20+}/{w:1+}", "/api/v1/heartbeat/{>}{w:16+}"),
        Of("chat-webhook", "Mattermost, Rocket.Chat, Lark or DingTalk webhook URL",
            "/hooks/{>}{a:26!}", "/open-apis/bot/v2/hook/{>}{w:20+}", "/robot/send?access_token={>}{H:32+}", "/cgi-bin/webhook/send?key={>}{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
    ];
}
