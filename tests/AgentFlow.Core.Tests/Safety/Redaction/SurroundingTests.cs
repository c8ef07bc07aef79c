using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Secrets that a name, a sentence or a notation gives away, and what looks like one there and is none.</summary>
public sealed class SurroundingTests
{
    private static readonly string s_value = string.Concat("gI3Z", "ZxfUBUzs7r");
    private static readonly string s_digest = string.Concat(Enumerable.Repeat("740ca1d8db06af7c", 4));

    private readonly RedactionSession _session = new(RedactionRules.Default);

    [Theory]
    [InlineData("MYSQL_DSN=app:§@tcp(mysql-2.acme.internal:3306)/shop?parseTime=true")]
    [InlineData("dsn: app:§@unix(/run/mysqld.sock)/shop")]
    [InlineData("Hello, the new password for the staging admin account is § , please change it.")]
    [InlineData("The password of the report user was set to §.")]
    [InlineData("Bonjour, identifiant svc-compta, mot de passe : §\nCordialement")]
    [InlineData("mdp=§")]
    [InlineData("wachtwoord: §")]
    [InlineData("senha: §")]
    [InlineData("grant_type=authorization_code&code_verifier=§§§&client_id=mobile")]
    public void A_secret_is_masked_and_nothing_else(string shape)
    {
        string text = shape.Replace("§", s_value, StringComparison.Ordinal);

        string safe = _session.Redact(text);

        int at = text.IndexOf(s_value, StringComparison.Ordinal);
        int end = text.LastIndexOf(s_value, StringComparison.Ordinal) + s_value.Length;
        Assert.StartsWith(text[..at] + "[REDACTED:", safe, StringComparison.Ordinal);
        Assert.EndsWith("]" + text[end..], safe, StringComparison.Ordinal);
        Assert.Same(safe, _session.Redact(safe));
    }

    [Theory]
    [InlineData("Phone: +33 6 48 21 97 35 (mobile)")]
    [InlineData("contact +31-6-24815937 (mobile)")]
    public void A_single_digit_may_follow_the_country_code(string text) => Assert.Contains("[REDACTED:phone#", _session.Redact(text), StringComparison.Ordinal);

    [Fact]
    public void The_rest_of_a_wrapped_token_needs_no_indent_and_no_digit()
    {
        string tail = string.Concat("GVbUxBOI", "tOzQmORL");
        string text = $"GH_TOKEN={"gh" + "p_"}4Hk2{s_value}w9Q\n{tail}\nand then the job stops.";
        Assert.DoesNotContain(tail, _session.Redact(text), StringComparison.Ordinal);
        Assert.EndsWith("\nand then the job stops.", _session.Redact(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Cache restored from key: Linux-pnpm-store-§")]
    [InlineData("Cache hit for restore-key: node-cache-Linux-x64-npm-§")]
    [InlineData("{\"password\":\"パスワード\",\"secret\":\"シークレット\",\"phone\":null}")]
    [InlineData("{\"password\":\"Contraseña\",\"token\": null,\"secret\":null}")]
    [InlineData("{\"password\":\"Пароль\",\"senha\":\"Senha\",\"passe\":\"Mot de passe\"}")]
    [InlineData("{\"forgotPassword\":\"パスワードをお忘れですか?\",\"password\":\"パスワードが正しくありません。\"}")]
    [InlineData("{\"spanId\":\"22b976356385a1fe\",\"name\":\"verifyPassword\",\"startTimeUnixNano\":\"1729102546198777517\"}")]
    [InlineData("{\"name\": \"getSecretValue\", \"endTimeUnix2Nano3\": 17}")]
    [InlineData("The password for the new account is shown once, then it is gone.")]
    [InlineData("sum +12 4 56 and +3 5 7")]
    public void What_is_no_secret_stays(string shape)
    {
        string text = shape.Replace("§", s_digest, StringComparison.Ordinal);
        Assert.Same(text, _session.Redact(text));
    }
}
