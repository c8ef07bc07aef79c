using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace AgentFlow.Safety.Redaction;

/// <summary>Example builders of the rows that have no grammar of their own.</summary>
internal static class StructuredExamples
{
    public static RuleExample UriPassword(Random random) => RuleExample.In("postgres://app:{0}@db.internal:5432/prod", Password(random));

    public static RuleExample Assignment(Random random) => random.Next(6) switch
    {
        0 => RuleExample.In("APP_SECRET={0}", RuleExample.Draw(random, "{A:31}4")),
        1 => RuleExample.In("\"apiKey\": \"{0}\",", RuleExample.Draw(random, "{A:35}7")),
        2 => RuleExample.In("x-api-key: {0}", RuleExample.Draw(random, "{h:31}9")),
        3 => RuleExample.In("/callback?access_token={0}&state=1", RuleExample.Draw(random, "{w:40}3")),
        4 => RuleExample.In("Server=db;User Id=app;Password={0};Encrypt=True", Password(random)),
        _ => RuleExample.In("smtp_password: {0}", Password(random)),
    };

    public static RuleExample Prose(Random random) => RuleExample.In("upstream rejected credentials {0}", RuleExample.Draw(random, "{A:34}aB3cD4"));

    public static RuleExample Bearer(Random random) => RuleExample.In("Authorization: Bearer {0}", RuleExample.Draw(random, "{A:31}9"));

    public static RuleExample Basic(Random random) => RuleExample.In("Authorization: Basic {0}", Encoded("app:" + Password(random)));

    public static RuleExample MailAuth(Random random) => RuleExample.In("AUTH PLAIN {0}", Encoded("\0mailer\0" + Password(random)));

    public static RuleExample Cookie(Random random) => RuleExample.In("Cookie: theme=dark; __Host-session={0}; lang=en", RuleExample.Draw(random, "{w:43}7"));

    public static RuleExample Command(Random random) => RuleExample.In("curl -u app:{0} https://api.internal/v1", Password(random));

    public static RuleExample Jwk(Random random) => RuleExample.In("{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"{0}\"}", RuleExample.Draw(random, "{w:43}"));

    public static RuleExample RecoveryCodes(Random random) =>
        RuleExample.In(RuleExample.Draw(random, "recovery codes: {a:4}7-4{a:4}, {a:4}3-9{a:4}, ") + "{0}", RuleExample.Draw(random, "{a:4}2-8{a:4}"));

    public static RuleExample Pgpass(Random random) => RuleExample.In("db.internal:5432:prod:app:{0}", Password(random));

    public static RuleExample PrivateKey(Random random)
    {
        string body = string.Join('\n', Enumerable.Range(0, 4).Select(_ => RuleExample.Draw(random, "{B:64}")));
        return new($"-----BEGIN {"PRIVATE"} KEY-----\n{body}\n-----END {"PRIVATE"} KEY-----", body);
    }

    public static RuleExample Jwt(Random random) => RuleExample.Bare(Token(random, $"{{\"sub\":\"{random.Next():x8}\",\"iat\":{random.Next()}}}"));

    public static RuleExample ServiceRole(Random random) =>
        RuleExample.Bare(Token(random, $"{{\"iss\":\"supabase\",\"ref\":\"{random.Next():x8}\",\"role\":\"service_role\",\"iat\":{random.Next()}}}"));

    public static RuleExample Email(Random random) => RuleExample.Bare(RuleExample.Draw(random, "ana.{l:4-9}@mail-{l:4-9}.com"));

    public static RuleExample Phone(Random random) => RuleExample.Bare(RuleExample.Draw(random, "+39 347 {d:7}"));

    public static RuleExample Card(Random random)
    {
        string start = "4" + RuleExample.Draw(random, "{d:14}");
        return RuleExample.Bare(Enumerable.Range(0, 10).Select(check => start + check).First(number => NumberVerifier.Luhn(Encoding.ASCII.GetBytes(number))));
    }

    public static RuleExample Iban(Random random)
    {
        string account = RuleExample.Draw(random, "{d:18}");
        return RuleExample.Bare(Enumerable.Range(2, 97)
            .Select(check => $"DE{check.ToString("00", CultureInfo.InvariantCulture)}{account}")
            .First(iban => NumberVerifier.Mod97(Encoding.ASCII.GetBytes(iban)) == 1));
    }

    public static RuleExample Ipv4(Random random) => RuleExample.Bare($"93.{random.Next(1, 250)}.{random.Next(1, 250)}.{random.Next(1, 250)}");

    public static RuleExample Ipv6(Random random) => RuleExample.Bare($"2a02:{random.Next(1, 9999)}:4700::{random.Next(1, 9999)}");

    private static string Password(Random random) => RuleExample.Draw(random, "{A:17}7");

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static string Token(Random random, string claims) =>
        $"{Base64Url.EncodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}"u8)}.{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(claims))}.{RuleExample.Draw(random, "{w:43}")}";
}
