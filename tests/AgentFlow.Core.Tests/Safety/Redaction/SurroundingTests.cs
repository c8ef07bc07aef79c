using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Secrets that a name, a sentence or a notation gives away, and what looks like one there and is none.</summary>
public sealed class SurroundingTests
{
    private static readonly string s_value = string.Concat("gI3Z", "ZxfUBUzs7r");
    private static readonly string s_password = string.Concat("Zintul", "ordir*1886");
    private static readonly string s_digest = string.Concat(Enumerable.Repeat("740ca1d8db06af7c", 4));

    private readonly RedactionSession _session = new(RedactionRules.Default);

    [Theory]
    [InlineData("MYSQL_DSN=app:§@tcp(mysql-2.acme.internal:3306)/shop?parseTime=true")]
    [InlineData("dsn: app:§@unix(/run/mysqld.sock)/shop")]
    [InlineData("Hello, the new password for the staging admin account is § , please change it.")]
    [InlineData("The password of the report user was set to §.")]
    [InlineData("Bonjour, identifiant svc-compta, mot de passe : §\nCordialement")]
    [InlineData("VERCEL_TOKEN → §\nREGION → eu-south-1")]
    [InlineData("La clé (COOKIE_SECRET = « §§ ») a été collée par erreur.")]
    [InlineData("Für den Umzug bitte AUTH_SECRET auf „§§“ ändern; danach Neustart.")]
    [InlineData("prod.env:14:DB_PASSWORD=\u001b[01;31m\u001b[Kgi3\u001b[m\u001b[K§", "gi3\u001b[m\u001b[K§")]
    [InlineData("key\tvalue\ttarget\nREGION\tcdg1\tproduction\nENCRYPTION_KEY\t§§\tproduction")]
    [InlineData("host        smtp.acme.net\npassword    §\nusername    relay")]
    [InlineData("AWS Access Key ID [None]: x\nAWS Secret Access Key [None]: §§\nDefault region name [None]: eu-west-3")]
    [InlineData("  [\"db_password\"]=>\n  string(14) \"§\"\n  [\"debug\"]=>\n  bool(false)")]
    [InlineData("    db_password: Some(\n        \"§\",\n    ),")]
    [InlineData("{\"device_code\":\"§§\",\"interval\":5}")]
    [InlineData("vpn user ext-mendes, pw: § (expires 30 June)")]
    [InlineData("SECRET_KEY = '(§§'", "(§§")]
    [InlineData("GITHUB_PAT=\"gi3ZaB\\\n§§\"\nSTAGE=prod", "gi3ZaB\\\n§§")]
    [InlineData("variable \"hcloud_token\" {\n  type = string\n  default = \"§§\"\n}")]
    [InlineData("usuario = admin\ncontraseña = §")]
    [InlineData("sqlplus scott_prd/§@//ora.acme.internal:1521/ERP")]
    [InlineData("network={\n  ssid=\"Acme\"\n  psk=\"§\"\n  key_mgmt=WPA-PSK\n}")]
    [InlineData("10.9.0.1 10.9.0.2 : PSK \"§\"")]
    [InlineData("base dc=acme,dc=io\nbindpw §\n")]
    [InlineData("CREATE LOGIN svc_rep WITH PASSWORD = N'§', CHECK_POLICY = ON;")]
    [InlineData("name,value,environment\nELASTIC_PASSWORD,§,production\nLOG_LEVEL,warn,production")]
    [InlineData("define( 'NONCE_SALT', '§]§%§' );")]
    [InlineData("SAMLResponse=§§§%3D%3D&RelayState=%2Fhome", "§§§%3D%3D")]
    [InlineData("The archive is encrypted, the passphrase is § (sent separately).")]
    [InlineData("mdp=§")]
    [InlineData("wachtwoord: §")]
    [InlineData("senha: §")]
    [InlineData("grant_type=authorization_code&code_verifier=§§§&client_id=mobile")]
    public void A_secret_is_masked_and_nothing_else(string shape, string hidden = "§") => Check(shape, hidden, s_value);

    [Theory]
    [InlineData("Set `SMTP_PASS` to `§` and then redeploy `web-frontend`.")]
    [InlineData("\"LOG_LEVEL\",\"warn\",\"production\"\n\"POSTGRES_PASSWORD\",\"§\",\"production\",\"rotated\"")]
    [InlineData("$ nmcli dev wifi connect Acme-Office password '§'")]
    [InlineData("My user name is lberg and my password is § - could you check what is wrong?")]
    [InlineData("I have changed the root password on db-04 to “§”, tell Sanjay.")]
    [InlineData("Bonjour, le mot de passe du compte compta est : §. Merci.")]
    [InlineData("Hallo, das Passwort für wartung lautet „§“, bitte ändern.")]
    [InlineData("La contraseña del usuario almacen es § y el servidor es erp-madrid.")]
    [InlineData("A temporary password (§) has been set; it must be changed at first login.")]
    [InlineData("username=jd&password=§&remember=1")]
    [InlineData("Server=db;User ID=shop;Password=§;Encrypt=True")]
    public void A_chosen_password_is_masked_and_nothing_else(string shape, string hidden = "§") => Check(shape, hidden, s_password);

    [Theory]
    [InlineData(57)]
    [InlineData(48)]
    public void A_secret_in_wrapped_base64_is_masked_on_every_line(int bytes)
    {
        string file = $"NODE_ENV=production\nTELEGRAM_TOKEN={s_value}{s_value}{s_value}\nPORT=3000\nREGION=eu-west-3\n";
        string text = "+ base64 .env\n" + string.Join('\n', file.Chunk(bytes).Select(line => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(line)))) + "\ndone";
        string safe = _session.Redact(text);
        string left = string.Concat(safe.Split('\n').Where(static line => line.Length > 3 && !line.Contains(' ', StringComparison.Ordinal) && !line.Contains("[REDACTED", StringComparison.Ordinal))
            .Select(static line => System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(line.PadRight((line.Length + 3) / 4 * 4, '=')))));
        Assert.DoesNotContain(s_value[^6..], left, StringComparison.Ordinal);
        Assert.Contains("[REDACTED:", safe, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Deployed")]
    [InlineData("done")]
    [InlineData("-----")]
    public void A_word_on_the_line_after_base64_is_no_part_of_it(string word)
    {
        // The secret ends the line: without the word's own bytes telling it apart, its first letters would go on with it.
        string encoded = Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes($"NODE_ENV=production\nPORT=3000\nTELEGRAM_TOKEN={s_value}{s_value}42"));
        string safe = _session.Redact($"{encoded}\n{word}\n");
        Assert.EndsWith($"]\n{word}\n", safe, StringComparison.Ordinal);
        Assert.DoesNotContain('=', encoded);
    }

    private void Check(string shape, string hidden, string value)
    {
        string text = shape.Replace("§", value, StringComparison.Ordinal);

        string safe = _session.Redact(text);

        hidden = hidden.Replace("§", value, StringComparison.Ordinal);
        int at = text.IndexOf(hidden, StringComparison.Ordinal);
        int end = text.LastIndexOf(hidden, StringComparison.Ordinal) + hidden.Length;
        Assert.StartsWith(text[..at] + "[REDACTED:", safe, StringComparison.Ordinal);
        Assert.EndsWith("]" + text[end..], safe, StringComparison.Ordinal);
        Assert.Same(safe, _session.Redact(safe));
    }

    [Fact]
    public void A_masked_value_is_no_default_of_a_prompt()
    {
        string token = string.Concat("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiI0MiJ9.", s_value, s_value, s_value);
        string safe = _session.Redact($"variable \"db_password\"\t{token} [None]: {s_digest[..32]}\n");
        Assert.Contains("[REDACTED:jwt#", safe, StringComparison.Ordinal);
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
    [InlineData("C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6")]
    [InlineData("C: AUTH SCRAM-SHA-256\r\n")]
    [InlineData("password,created_at,updated_at\ntoken,kind,expires\n")]
    [InlineData("The password for the new account is shown once, then it is gone.")]
    [InlineData("sum +12 4 56 and +3 5 7")]
    public void What_is_no_secret_stays(string shape)
    {
        string text = shape.Replace("§", s_digest, StringComparison.Ordinal);
        Assert.Same(text, _session.Redact(text));
    }
}
