using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Monitoring, logging, feature flags, analytics.</summary>
internal static class ObservabilityRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("sentry-token", "Sentry organisation, user or integration token", "sntrys_{k:24+}{=:0-2}", "sntryu_{H:40+}", "sntryi_{H:40+}", "sntrya_{H:40+}", "sntryr_{H:40+}"),
        Of("newrelic-key", "New Relic user, license or insights key", "NRAK-{U:24+}", "NRII-{w:28+}", "NRIQ-{w:28+}", "NRRA-{h:38+}", "NRAA-{h:24+}", "NRSP-{A:24+}", "{a:36}NRAL"),
        Of("grafana-token", "Grafana Cloud or service account token", "glc_{k:32+}{=:0-2}", "glsa_{A:24+}_{H:8}", "glsa_{w:32+}", "^eyJrIjoi{k:60+}{=:0-2}"),
        Of("honeycomb-key", "Honeycomb key", "hcaik_{a:40+}", "hcxik_{a:40+}", "hcamk_{a:40+}", "hcxmk_{a:40+}", "hcalk_{a:40+}", "hcxlk_{a:40+}"),
        Of("axiom-token", "Axiom token", "^xaat-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "^xapt-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("posthog-key", "PostHog personal or secret key", "^phx_{w:32+}", "^phs_{w:32+}", "^pha_{w:32+}", "^phr_{w:32+}"),
        Of("dynatrace-token", "Dynatrace token", "^dt0{l:1}{d:2}.{U:8-24}.{U:64}", "^dt0c01.{U:24}.{U:64}"),
        Of("pagerduty-token", "PagerDuty token", "^pdus+{w:40+}", "pdeu+{w:40+}"),
        Of("checkly-key", "Checkly key", "^cu_{h:32}", "^sk_{h:32!}"),
        Of("launchdarkly-key", "LaunchDarkly SDK, API or relay key",
            "^sdk-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "^api-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "^rel-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("statsig-key", "Statsig secret", "^secret-{A:40+}", "^console-{A:40+}"),
        Of("flagsmith-key", "Flagsmith server key", "^ser.{A:20+}"),
        Of("segment-token", "Segment public API token", "^sgp_{A:64!}"),
        Of("elastic-cloud-key", "Elastic Cloud key", "^essu_{k:60+}{=:0-2}"),
        Of("ubidots-token", "Ubidots token", "BBFF-{A:30}"),
        Of("maxmind-key", "MaxMind licence key", "{A:6}_{A:29}_mmk"),
        Of("configcat-key", "ConfigCat SDK key", "configcat-sdk-1/{w:22}/{w:22}"),
        Of("growthbook-secret", "GrowthBook secret", "secret_admin_{A:24+}", "secret_user_{A:24+}", "secret_readonly_{A:24+}"),
        Of("infracost-key", "Infracost key", "^ico-{A:32!}"),
        Of("beamer-token", "Beamer token", "^b_{A:44!}"),
        Of("dependency-track-key", "Dependency-Track key", "^odt_{A:32+}"),
        Of("better-stack-token", "Incident.io, FireHydrant or Rootly token", "^inc_live_{w:24+}", "^fhb-{w:24+}", "^rootly_{h:48+}"),
        Of("uptimerobot-key", "UptimeRobot key", "^ur{d:6-8}-{h:24+}"),
        Of("mapbox-token", "Mapbox secret or temporary token", "^sk.eyJ{w:40+}.{w:20+}", "^tk.eyJ{w:40+}.{w:20+}"),
    ];
}
