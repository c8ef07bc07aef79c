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
