using System.Text;
using System.Text.Json;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Texts that a secret is met in: what stands before and behind it, and how it is escaped there.</summary>
internal sealed record Surroundings(string Name, Func<string, string> Wrap, Func<string, string>? Escape = null)
{
    private const char Esc = '\u001b';

    /// <summary>Surroundings that tell nothing about the secret: its own shape must give it away.</summary>
    public static IReadOnlyList<Surroundings> Neutral { get; } =
    [
        new("alone", s => s),
        new("ansi", s => $"{Esc}[31mERR{Esc}[0m value {Esc}[33m{s}{Esc}[0m was rejected"),
        new("escaped ansi", s => $"\\u001b[33m{s}\\u001b[0m rejected"),
        new("json", s => $"{{\"level\":\"error\",\"v\":\"{s}\",\"status\":401}}", Json),
        new("json in json", s => $"{{\"raw\":\"{{\\\"v\\\": \\\"{s}\\\", \\\"n\\\": 2}}\"}}", s => Json(Json(s))),
        new("csv", s => $"c56552b6-26b0-4a95-9ac3-ad3c5837d7f5,prod,{s},2026-11-23,active"),
        new("quoted csv", s => $"\"42\",\"{s}\",\"active\""),
        new("query", s => $"GET /v1/sync?w=81&v={s}&page=2 403"),
        new("encoded query", s => $"GET /login?next=%2Fcb%3Fv%3D{s}%26page%3D2 302"),
        new("sentence", s => $"The old one was {s}."),
        new("parentheses", s => $"We replaced it ({s}), please redeploy."),
        new("stack", s => $"Error: Invalid credential provided: {s}\n    at Client.request (/var/task/index.js:214:19)"),
        new("shell", s => $"export V='{s}'; ./deploy.sh"),
        new("yaml", s => $"environment:\n  V: {s}\n  PORT: \"3000\""),
        new("powershell", s => $"Name   : production\r\nV      : {s}\r\nRegion : iad1"),
        new("crlf", s => $"first\r\n{s}\r\nlast"),
        new("markdown", s => $"| prod | `{s}` | 2026-11-01 |"),
        new("code", s => $"const v = new Client({{ region: 'iad1', v:'{s}',timeout:3000 }})"),
        new("escaped newline", s => $"line one\\n{s}\\nline two"),
        new("tab", s => $"prod\t{s}\tactive"),
        new("xml", s => $"<add><v>{s}</v><port>3000</port></add>"),
        new("xml attribute", s => $"<add v=\"{s}\" port=\"3000\" />"),
        new("python", s => $"{{'v': '{s}', 'port': 3000}}"),
        new("python bytes", s => $"Config(v=b'{s}', port=3000)"),
        new("go", s => $"&{{V:{s} Port:3000}}"),
        new("rust", s => $"Config {{ v: Some(\"{s}\"), port: 3000 }}"),
        new("toml", s => $"v = \"{s}\"\nport = 3000"),
        new("diff", s => $"@@ -1,2 +1,2 @@\n+{s}\n-old"),
        new("log prefix", s => $"2026-11-23T10:00:00.000Z stdout F {s} is not known"),
        new("list", s => $"[a,{s},b]"),
        new("url path", s => $"https://api.internal/v1/{s} 404"),
        new("comparison", s => $"expected<{s}>but was<null>"),
        new("escaped unicode quotes", s => $"\\u0022v\\u0022:\\u0022{s}\\u0022,\\u0022n\\u0022:2"),
        new("html entities", s => $"{{&quot;v&quot;:&quot;{s}&quot;,&quot;n&quot;:2}}"),
        new("three levels", s => $"\\\\\\\"v\\\\\\\":\\\\\\\"{s}\\\\\\\",\\\\\\\"n\\\\\\\":2"),
        new("pipe", s => $"prod|{s}|active"),
        new("colon", s => $"v:{s},n:2"),
        new("html", s => $"<td>{s}</td><td>42</td>"),
    ];

    /// <summary>Surroundings in which a keyword or an encoding gives the secret away too.</summary>
    public static IReadOnlyList<Surroundings> Telling { get; } =
    [
        new("bearer", s => $"curl -H 'Authorization: Bearer {s}' https://api.internal"),
        new("env", s => $"SOME_API_TOKEN={s}"),
        new("json field", s => $"{{\"apiKey\":\"{s}\"}}", Json),
        new("npmrc", s => $"npm error code E401 //registry.internal/:_authToken={s}"),
        new("base64", s => "blob: " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"token=xx{s}\nregion=iad1\n"))),
    ];

    private static string Json(string text) => JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
}
