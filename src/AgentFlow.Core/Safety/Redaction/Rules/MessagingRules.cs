using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Chat, mail, telephony.</summary>
internal static class MessagingRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("slack-token", "Slack bot, user, app, refresh or session token (xoxb-, xoxp-, xapp-, …)",
            "xoxb-{w:20+}", "xoxp-{w:20+}", "xoxa-{w:20+}", "xoxo-{w:20+}", "xoxr-{w:20+}", "xoxs-{w:20+}", "xoxc-{w:20+}", "xoxd-{k:20+}", "xoxe-{w:20+}",
            "xoxe.xoxp-{w:20+}", "xoxe.xoxb-{w:20+}", "xapp-{d:1}-{w:20+}", "xwfp-{w:20+}"),
        Of("twilio-key", "Twilio API key", "^SK{H:32!}"),
        Of("sendgrid-key", "SendGrid API key", "^SG.{w:16-32}.{t:32+}"),
        Of("mailgun-legacy-key", "Mailgun API key of the older form", "^key-{h:32!}"),
        Of("mandrill-key", "Mandrill key", "^md-{w:22!}"),
        Of("mailchimp-key", "Mailchimp API key", "^{h:32}-us{d:1-2}"),
        Of("brevo-key", "Brevo API or SMTP key", "xkeysib-{H:64}-{A:16}", "xsmtpsib-{H:64}-{A:16}", "xsmtpsib-{w:40+}"),
        Of("resend-key", "Resend key", "^re_{A:6-12}_{A:20+}", "^re_{A:30+}"),
        Of("mailersend-key", "MailerSend key", "^mlsn.{H:64}"),
        Of("courier-key", "Courier key", "^pk_prod_{A:28!}"),
        Of("onesignal-key", "OneSignal key", "os_v2_app_{a:40+}", "os_v2_org_{a:40+}"),
        Of("intercom-token", "Intercom access token", "^dG9rO{b:40+}{=:0-2}"),
        Of("hubspot-token", "HubSpot private app token", "^pat-na{d:1}-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "^pat-eu{d:1}-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "^pat-ap{d:1}-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("klaviyo-key", "Klaviyo private key", "^pk_{h:34!}"),
        Of("telnyx-key", "Telnyx key", "^KEY0{A:28+}_{w:10+}", "^KEY0{A:40+}"),
        Of("facebook-token", "Meta access token", "^EAACEdEose0cBA{A:20+}", "^EAA{U:1}{A:80+}"),
        Of("instagram-token", "Instagram access token", "^IGQV{w:80+}"),
        Of("twitter-bearer-token", "X (Twitter) app bearer token", "^AAAAAAAAAAAAAAAAAAAA{k:80+}"),
        Of("linkedin-token", "LinkedIn client secret", "WPL_AP{d:1}.{A:16}.{k:8}"),
    ];
}
