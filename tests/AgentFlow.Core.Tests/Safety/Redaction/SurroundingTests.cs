using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Secrets that a name, a sentence or a notation gives away, and what looks like one there and is none.</summary>
public sealed class SurroundingTests
{
    private static readonly string s_value = string.Concat("gI3Z", "ZxfUBUzs7r");
    private static readonly string s_frame = string.Concat("-----BEGIN OPENSSH ", "PRIVATE KEY-----");
    private static readonly string s_password = string.Concat("Zintul", "ordir*1886");
    private static readonly string s_digest = string.Concat(Enumerable.Repeat("740ca1d8db06af7c", 4));

    private readonly RedactionSession _session = new(RedactionRules.Default);

    [Theory]
    [InlineData("MYSQL_DSN=app:§@tcp(mysql-2.acme.internal:3306)/shop?parseTime=true")]
    [InlineData("dsn: app:§@unix(/run/mysqld.sock)/shop")]
    [InlineData("Hello, the new password for the staging admin account is § , please change it.")]
    [InlineData("The password of the report user was set to §.")]
    [InlineData("Hi, temporary password for the Grafana admin is § - please change it.")]
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
    public void A_secret_is_masked_and_nothing_else(string shape, string hidden = "§") => MaskedShape.Check(shape, hidden, s_value);

    [Theory]
    [InlineData("password (staging): §\n")]
    [InlineData("Use user svc and pass § on db-2")]
    [InlineData("credentials: svc / §")]
    [InlineData("Try again with `§` as the password.")]
    [InlineData("use §§ as the Datadog API key.", "§§")]
    [InlineData("token for Twilio: §§", "§§")]
    [InlineData("new Postmark API token below:\n§§", "§§")]
    [InlineData("I pasted the Datadog key (740ca1d8db06af7c740ca1d8db06af7c) in Slack", "740ca1d8db06af7c740ca1d8db06af7c")]
    [InlineData("Set the Grafana secret to 740ca1d8db06af7c740ca1d8db06af7c", "740ca1d8db06af7c740ca1d8db06af7c")]
    [InlineData("Rotated the Vercel token on billing-worker; the old one was §§ and it still worked.", "§§")]
    [InlineData("I rotated RAILS_MASTER_KEY on orders.acme.io, the new value is 740ca1d8db06af7c740ca1d8db06af7c and the worker answers 403.", "740ca1d8db06af7c740ca1d8db06af7c")]
    [InlineData("The VERCEL_AUTOMATION_BYPASS_SECRET we had in ingest was `§§`, please revoke it.", "§§")]
    [InlineData("Ticket OPS-4471: somebody pasted their session_secret into the chat, it reads \"§\", so rotate it.")]
    [InlineData("The DB password was reset, the new one is §.")]
    [InlineData("The mail key from the old dashboard is SG.pDISyF6C1FQ5NWFWvdz3dH.xhyw§\n§§ and the status was 202.", "SG.pDISyF6C1FQ5NWFWvdz3dH.xhyw§\n§§")]
    public void A_secret_that_the_sentence_tells_later_is_masked_and_nothing_else(string shape, string hidden = "§") => MaskedShape.Check(shape, hidden, s_value);

    [Theory]
    [InlineData("Set `SMTP_PASS` to `§` and then redeploy `web-frontend`.")]
    [InlineData("\"LOG_LEVEL\",\"warn\",\"production\"\n\"POSTGRES_PASSWORD\",\"§\",\"production\",\"rotated\"")]
    [InlineData("$ nmcli dev wifi connect Acme-Office password '§'")]
    [InlineData("My user name is lberg and my password is § - could you check what is wrong?")]
    [InlineData("I have changed the root password on db-04 to “§”, tell Sanjay.")]
    [InlineData("Bonjour, le mot de passe du compte compta est : §. Merci.")]
    [InlineData("Hallo, das Passwort für wartung lautet „§“, bitte ändern.")]
    [InlineData("La contraseña del usuario almacen es § y el servidor es erp-madrid.")]
    [InlineData("conn = connect(\"host=db.lan dbname=crm password='§ § 87' application_name=sync\")", "§ § 87")]
    [InlineData("LDAP_BIND_PASSWORD,§!,2026-12-28\nLOG_LEVEL,info,2026-12-28", "§!")]
    [InlineData("Das neue Passwort für sftp.acme.de lautet: §\nBitte testen.")]
    [InlineData("A temporary password (§) has been set; it must be changed at first login.")]
    [InlineData("username=jd&password=§&remember=1")]
    [InlineData("Server=db;User ID=shop;Password=§;Encrypt=True")]
    public void A_chosen_password_is_masked_and_nothing_else(string shape, string hidden = "§") => MaskedShape.Check(shape, hidden, s_password);

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

    /// <summary>What people choose has words in it: a name, a column or a sentence says that it is a password.</summary>
    [Theory]
    [InlineData("DB_PASSWORD=§\nPORT=1")]
    [InlineData("{\"auth\": {\"user\": \"noreply\", \"pass\": \"§\"}}")]
    [InlineData("| service | user | password |\n|---|---|---|\n| grafana | admin | § |\n")]
    [InlineData("| Variable | Value |\n|---|---|\n| SMTP_PASSWORD | § |\n")]
    [InlineData("name,password,role\napp,§,ro\n")]
    [InlineData("define('DB_PASSWORD', '§');")]
    [InlineData("The password for the staging admin is § since Monday")]
    [InlineData("i set the db password to § yesterday")]
    public void A_password_of_words_and_a_number_is_masked(string shape)
    {
        foreach (string password in (string[])["Cobalt-" + "Lantern-4821", "Maple_" + "Thistle57", "harbor." + "Meadow-7120", "Quartz" + "Ember38", "willow-raven-" + "juniper-46", "Pelican" + "9648", "Cedar." + "canyon5831"])
        {
            string text = shape.Replace("§", password, StringComparison.Ordinal);
            int at = text.IndexOf(password, StringComparison.Ordinal);
            string safe = _session.Redact(text);
            Assert.StartsWith(text[..at] + "[REDACTED:", safe, StringComparison.Ordinal);
            Assert.EndsWith("]" + text[(at + password.Length)..], safe, StringComparison.Ordinal);
            Assert.Same(safe, _session.Redact(safe));
        }
    }

    /// <summary>Chosen by chance, a password of all printable signs begins with a bracket or a dollar now and then, and has what ends others in the middle.</summary>
    [Theory]
    [InlineData("DB_PASSWORD=\"§\"\nPORT=3000", 0.99)]
    [InlineData("DB_PASSWORD=§\nPORT=3000", 0.97)]
    [InlineData("{\"user\":\"app\",\"password\":\"§\",\"port\":5432}", 0.99)]
    [InlineData("db:\n  password: '§'\n  port: 5432", 0.99)]
    [InlineData("User     : app\nPassword : §\nPort     : 5432", 0.98)]
    [InlineData("host=db user=app password='§' sslmode=require", 0.99)]
    [InlineData("Server=db;User Id=app;Password=\"§\";Encrypt=True", 0.99)]
    [InlineData("curl -u 'app:§' https://api.acme.io/x", 0.99)]
    [InlineData("<user>app</user><password>§</password><port>5432</port>", 0.99)]
    public void A_password_of_all_printable_signs_is_masked_whole(string shape, double share)
    {
        const int Passwords = 500;
        const string Alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%()*+,-./:;=?@[]^_{|}~";
        Random random = new(41);
        int masked = 0;
        for (int i = 0; i < Passwords; i++)
        {
            string password = "m4W" + new string(random.GetItems<char>(Alphabet, 13));
            password = string.Concat(password.AsSpan(random.Next(4)), password.AsSpan(0, 3));
            string text = shape.Replace("§", password, StringComparison.Ordinal);
            int at = shape.IndexOf('§', StringComparison.Ordinal);
            string safe = _session.Redact(text);
            masked += safe.StartsWith(shape[..at] + "[REDACTED:", StringComparison.Ordinal) && safe.EndsWith("]" + shape[(at + 1)..], StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange((double)masked / Passwords, share, 1);
    }

    [Fact]
    public void A_masked_value_is_no_default_of_a_prompt()
    {
        string token = string.Concat("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiI0MiJ9.", s_value, s_value, s_value);
        string safe = _session.Redact($"variable \"db_password\"\t{token} [None]: {s_digest[..32]}\n");
        Assert.Contains("[REDACTED:jwt#", safe, StringComparison.Ordinal);
        Assert.Same(safe, _session.Redact(safe));
    }

    [Fact]
    public void A_wrapped_token_in_a_quoted_reply_is_masked_to_its_end()
    {
        string text = $"> ANTHROPIC_API_KEY: sk-ant-api03-{s_value}{s_value}\n> {s_value}{s_value}\n>\n> region: eu-west-1";
        Assert.DoesNotContain(s_value[3..], _session.Redact(text), StringComparison.Ordinal);
        Assert.EndsWith("]\n>\n> region: eu-west-1", _session.Redact(text), StringComparison.Ordinal);
    }

    [Fact]
    public void The_token_of_a_bot_is_masked_in_the_address_that_its_calls_have()
    {
        string token = string.Concat("2991233114:AAG", s_value, s_value, "nZ9L");
        Assert.Matches("^GET /jobs\\?arg0=\\[REDACTED:telegram-token#[a-z]{10}\\]&page=2$", _session.Redact($"GET /jobs?arg0={Uri.EscapeDataString(token)}&page=2"));
        Assert.Matches("^POST https://api.telegram.org/bot\\[REDACTED:telegram-token#[a-z]{10}\\]/sendMessage 429$", _session.Redact($"POST https://api.telegram.org/bot{token}/sendMessage 429"));
    }

    [Fact]
    public void A_token_of_the_form_of_a_uuid_is_masked_where_a_sentence_tells_it()
    {
        const string Text = "the mail server token (db446f6f-a256-4bc9-b01e-62f632d288af) was revoked";
        Assert.StartsWith("the mail server token ([REDACTED:", _session.Redact(Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"recoveryCodes\": [\"rkbsx-800f8\", \"0w16o-ilvr8\", \"n46wh-4tfls\"], \"status\": 201}", "\"], \"status\": 201}")]
    [InlineData("{\"event\": \"mfa.enrolled\", \"backup_codes\": [\"69791186\", \"54406587\", \"65944125\"]}", "\"]}")]
    [InlineData("user enabled 2fa, recovery_codes=qeymlevoho,ljt24vazio,lhgcjp7sc3 method=totp", " method=totp")]
    [InlineData("backup codes for the registrar: 90562-bew47, j6hma-4rmlp, dp4b2-q51lj. Each works once.", ". Each works once.")]
    [InlineData("Your GitHub recovery codes:\n80e28-d0a0e\n8d37d-cdc35\n1c842-1adc6\n\nKeep them.", "\n\nKeep them.")]
    public void Recovery_codes_are_masked(string text, string tail)
    {
        string safe = _session.Redact(text);
        Assert.Equal(3, safe.Split("[REDACTED:recovery-code#").Length - 1);
        Assert.EndsWith("]" + tail, safe, StringComparison.Ordinal);
        Assert.Same(safe, _session.Redact(safe));
    }

    [Fact]
    public void A_person_beside_a_command_is_still_one() =>
        Assert.DoesNotContain("ana.k", _session.Redact("the ssh key of ana.k@acme.io, and ssh help from ana.k@acme.io"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Phone: +33 6 48 21 97 35 (mobile)")]
    [InlineData("contact +31-6-24815937 (mobile)")]
    public void A_single_digit_may_follow_the_country_code(string text) => Assert.Contains("[REDACTED:phone#", _session.Redact(text), StringComparison.Ordinal);

    [Fact]
    public void A_note_on_what_was_left_out_is_no_part_of_a_key()
    {
        string line = string.Concat(s_value, s_value, s_value, s_value)[..50];
        string text = $"{{\"value\":\"{s_frame}\\n{line}\\n{line}\\n{line[..30]}...(truncated 1480 bytes)\"}}";
        Assert.EndsWith("]...(truncated 1480 bytes)\"}", _session.Redact(text), StringComparison.Ordinal);

        string member = $"{{\"value\":\"{s_frame}\\n{line}\\n{line}\\n{line[..30]}\",\"log_truncated\":true}}";
        Assert.EndsWith("]\",\"log_truncated\":true}", _session.Redact(member), StringComparison.Ordinal);
    }

    [Fact]
    public void The_region_of_a_presigned_address_stays()
    {
        string address = $"https://s3.amazonaws.com/x?X-Amz-Credential={"AK" + "IA"}IOSFODNN7QWERTYZ%2F20260611%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260611T090412Z&X-Amz-Signature={s_digest}";
        Assert.Matches("^https://s3.amazonaws.com/x\\?X-Amz-Credential=\\[REDACTED:[^]]+\\]%2F20260611%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260611T090412Z&X-Amz-Signature=\\[REDACTED:[^]]+\\]$", _session.Redact(address));
    }

    [Theory]
    [InlineData("|")]
    [InlineData("│")]
    public void A_token_that_is_wrapped_in_its_cell_is_masked_to_its_end(string bar)
    {
        string text = $"{bar} STRIPE_SECRET_KEY  {bar} {"sk_li" + "ve_"}51{s_value}{s_value}{s_value} {bar}\n{bar}                    {bar} {s_value}{s_value}  {bar}\n{bar} STRIPE_API_VERSION {bar} 2025-08-27 {bar}\n";
        string safe = _session.Redact(text);
        Assert.StartsWith($"{bar} STRIPE_SECRET_KEY  {bar} [REDACTED:stripe-secret-key#", safe, StringComparison.Ordinal);
        Assert.EndsWith($"]  {bar}\n{bar} STRIPE_API_VERSION {bar} 2025-08-27 {bar}\n", safe, StringComparison.Ordinal);
        Assert.DoesNotContain(s_value[3..], safe, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_is_followed_over_what_a_program_puts_before_its_lines()
    {
        string text = $"\u001b[90mnpm notice\u001b[0m _authToken={"np" + "m_"}Bg0slD{s_value}\u001b[0m\n\u001b[90mnpm notice\u001b[0m L9hv{s_value}\n\u001b[90mnpm notice\u001b[0m done";
        Assert.Matches("^\u001b\\[90mnpm notice\u001b\\[0m _authToken=\\[REDACTED:[^]]+\\]\n\u001b\\[90mnpm notice\u001b\\[0m done$", _session.Redact(text));
    }

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
    [InlineData("<input name=\"password\" value=\"\"/><input name=\"q\" value=\"b7c9D2e4F6\"/>")]
    [InlineData("{\"password\":\"Contraseña\",\"token\": null,\"secret\":null}")]
    [InlineData("{\"password\":\"Пароль\",\"senha\":\"Senha\",\"passe\":\"Mot de passe\"}")]
    [InlineData("{\"forgotPassword\":\"パスワードをお忘れですか?\",\"password\":\"パスワードが正しくありません。\"}")]
    [InlineData("{\"spanId\":\"22b976356385a1fe\",\"name\":\"verifyPassword\",\"startTimeUnixNano\":\"1729102546198777517\"}")]
    [InlineData("{\"name\": \"getSecretValue\", \"endTimeUnix2Nano3\": 17}")]
    [InlineData("C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6")]
    [InlineData("C: AUTH SCRAM-SHA-256\r\n")]
    [InlineData("password,created_at,updated_at\ntoken,kind,expires\n")]
    [InlineData("VAPID_PUBLIC_KEY=BbQedzdEnkHIN7dN4gf7MQ1Cv92Z0n-1U17n6ROj9bdQ6rcAV56W39NpY8u8u8a7ju8oOF2PoSoWmQOd00xAgsg")]
    [InlineData("name,password,token,last_login\nops,set,expired,2026-10-20T03:51:38Z\ndev,never set,active,2026-10-21T13:11:02Z")]
    [InlineData("| key | password |\n|---|---|\n| session_timeout_minutes | min8-max72 |")]
    [InlineData("password: z.string().min(8).max(72),\ntoken: z.string().regex(/^[a-zA-Z0-9]{32}$/),")]
    [InlineData("  password: $Config.Db[0].Pass1")]
    [InlineData("password = \"[a-zA-Z0-9!@#]{8,72}\"")]
    [InlineData("secret: \"{{ .Values.db1.secretA2 }}\"")]
    [InlineData("{\"password\":\"<%=ENV[DB1]%>\",\"token\":\"${T1:-b2}\"}")]
    [InlineData("{\"code\":\"ERR_2f9a77b1c0d8e6a4f5b3\",\"status\":400}")]
    [InlineData("MasterUserPassword: !Sub '{{resolve:secretsmanager:${DbSecret}:SecretString:password}}'")]
    [InlineData("sha256sum: token-service.tar.gz: § OK")]
    [InlineData("i.a.auth.LoginService - login ok method=password duration=84ms")]
    [InlineData("CREATE USER app IDENTIFIED WITH AWSAuthenticationPlugin AS 'RDS' REQUIRE SSL;")]
    [InlineData("ssh -o StrictHostKeyChecking=no -p 22 ops@bastion.acme.dev 'systemctl restart nginx'")]
    [InlineData("if ($http_x_internal_key != \"\") { return 403; }\nif (token !== 'expired') {}")]
    [InlineData("GET /api/reset_token/expired 404\nopen '/run/secrets/api_token/current.json'\nthe API_KEY is missing, TOKEN_TTL to 3600")]
    [InlineData("SHA256 fingerprint of host key: SHA256:2I068nVEK7Eig0yqru5P34_W-RS3EPrnAgfMRMQhPjs")]
    [InlineData("recovery of db-0: took 4821-ms, backup code path v2-1234, see rfc-7231, rfc-7232, rfc-7233")]
    [InlineData("wg peer public key: TEayzuWdLl7il3R6g99TCW2jzitEsm1qRU1/bFDEoDw= endpoint vpn.acme.dev:51820")]
    [InlineData("the password sha256WithSalt2 and the password Pbkdf2HmacSha512 are schemes")]
    [InlineData("f(API_KEY,options2);g(my_token,1);var a=[DB_PASSWORD,'x'];")]
    [InlineData("{\"name\":\"API_KEY\",\"alue")]
    [InlineData("Rotated the token on web-2; the old one was revoked at 14:05, the new one is live.")]
    [InlineData("API_KEY=sk-... TOKEN=your-token-goes-here-1234")]
    [InlineData("scp build.tgz deploy@web-02.acme.io:/srv/app")]
    [InlineData("INSERT INTO flags (name, token, note) VALUES ('beta', 'enabled', 'a; b')")]
    [InlineData("const token = process.env.GH_TOKEN || \"\";\nconst key = getKey() || 'default';")]
    [InlineData("The password for the new account is shown once, then it is gone.")]
    [InlineData("sum +12 4 56 and +3 5 7")]
    [InlineData("gpg: Signature made using EDDSA key 3D0E25ECE4F2E5DCE67BA56C30CBE7CC88179233\nSession key exchange: X25519Kyber768Draft00")]
    [InlineData("{\"annotations\":{\"checksum/secret\":\"§\"}}\n  annotations:\n    checksum/secret: §\n")]
    [InlineData("authorized key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIbUhY1UQWFccMXefwhshJl6OvcHkI0uTv3XfvXaC4Pgo deploy-key")]
    [InlineData("use SHA256withRSA as the key algorithm, the token was RefreshTokenV2Handler, password for Grafana is in LastPassVault2024")]
    [InlineData("credentials: read / write; password (optional): Leave empty; new token below:\n<your token here>\npassword:\n  minLength: 8")]
    [InlineData("cache key = 740ca1d8db06af7c740ca1d8db06af7c, public key: 740ca1d8db06af7c740ca1d8db06af7c\nSESSION_SECRET changed in commit: 740ca1d8db06af7c740ca1d8db06af7c740ca1d8")]
    [InlineData("$ printenv NODE_ENV\nproduction\n$ echo $API_KEY\n\n$ printenv API_TOKEN\n$ ls 740ca1d8db06af7c740ca1d8db06af7c")]
    [InlineData("\t\tpassword = append(password, charset[index.Int64()])\n| host | password |\n|---|---|\n| web-1 | rotated 2026 |\n| web-2 | never |\n")]
    [InlineData("secret: regcred-prod-eu-01\nimagePullSecret: acme-registry-eu-02\nthe password for the build was reset, it is Wednesday now")]
    [InlineData("curl -u \"$USER:$PASS\" https://acme.io; curl -u \"${USER}:${TOKEN}\" https://acme.io; the token, checksum, 740ca1d8db06af7c740ca1d8db06af7c")]
    [InlineData("const token = randomBytes(32).toString(\"hex\");\n\t\tv.Token = newLimiterPer5mOver1h(b)\n\t\tvar token = readTokenV2Item10;")]
    [InlineData("{\"primaryKey\":\"V1StGXR8_Z5jdHi6B-myT7Qx\",\"primary_key\":\"id\"}")]
    [InlineData("GET /docs/password/reset/how-to-reset-it 200; GET /forgot-password/success; the exit code is 137001; the country code is 353")]
    [InlineData("navigator.push({ applicationServerKey: \"BM9ulRoFQWAIEaCbDCS1MYe2h-K14Qyh0hr296mG1il8axeevwS3MIiZUT5w\" })")]
    [InlineData("{\"v1-update-database-password\": \"v1UpdateDatabasePassword\", \"x\": 1}\n\t\tVerifyJWT: verifyJWT,\n")]
    [InlineData("(EVP_PKEY_KEY_PARAMETERS | OSSL_KEYMGMT_SELECT_PUBLIC_KEY)")]
    [InlineData("<protocol>://[<user>[:<password>]@]<hostname>[:<port>]")]
    [InlineData("ALTER USER postgres WITH PASSWORD :'pgpass';\n      dbPassword = yield* promptDbPassword();")]
    [InlineData("const PASSWORD_CHARSET = \"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789\";")]
    [InlineData("kafka message key=b3JkZXItY3JlYXRlZA== partition=4; {\"pageToken\": \"b2Zmc2V0PTIwMDtzb3J0PWNyZWF0ZWRfYXQ=\", \"items\": 50}")]
    [InlineData("{\"nextPageToken\": \"CAUQAA4bZq8Xw2\", \"design_token_v2\": \"spacing-Lg2xRq\"}")]
    [InlineData("password policy\npassword rotation\nuser names and host names\npassword resets\n")]
    [InlineData("string password = RandomNumberGenerator.GetString(\"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789\", 32);")]
    [InlineData("var file_auth_v1_token_proto = fileDesc(\"ChlhY21lL2F1dGgvdjEvdG9rZW4ucHJvdG8SDGFjbWUuYXV0aC52MWXStfsi\")")]
    [InlineData("--- PASS: TestParseSecretRef (0.00s)\n--- PASS: TestRotateKeyTwice (0.00s)")]
    [InlineData("run github_pat_11B\nnext and github_pat_11BEBJCQO of several")]
    [InlineData("The token was changed, it is shorter now; AUTH PLAIN was refused with 334\nand then closed")]
    [InlineData("password: z.string(\"Password is required\").min(8), secret: config('app.secret_key1'), token = getenv(\"GITHUB_TOKEN\")")]
    [InlineData("password = \"pass with four word\"; password: 'this will soon fail'")]
    [InlineData("vercel deploy --prod -t production; docker build -t acme/web:2026-11-26.4 .")]
    [InlineData("const labels = ['password' + ': ',\n  'token' + '=',\n  \"secret\"\n  \"sauce\"];")]
    [InlineData("NEXT_PUBLIC_TURNSTILE_SITE_KEY=0x4AAAAAAAHYPsVajzJLiIx")]
    [InlineData("const db = new QueueClient(\"orders\"); new MsalClient('c0d05cb2-ac91-4a3c-a2ca-8196d6a5196d'); new Client(\"https://acme.io/\")")]
    [InlineData("GET /auth/callback?error=1&code=forbidden&state=x 302; status code=404; Key Content : Absent")]
    [InlineData("- name: API_KEY\n  type: sealed\n- name: REGION\n  value: 740ca1d8db06af7c740ca1d8db06af7c")]
    [InlineData("\"backup_codes\": [], \"recovery_codes\": [\"unused\", \"unused\", \"unused\"], \"backup_code_count\": 8")]
    [InlineData("The API token was rotated; the deployment id is §, the commit is 740ca1d8db06af7c740ca1d8db06af7c740ca1d8")]
    [InlineData("The token of the bot expired, its checksum is § and the new value is longer.")]
    [InlineData("GET /search?q=password%20-%20reset%20--now%20%26%20token%20%3D%20expired 200")]
    [InlineData("5266,SESSION_SECRET,production,740ca1d8db06af7c740ca1d8db06af7c740ca1d8,401")]
    public void What_is_no_secret_stays(string shape)
    {
        string text = shape.Replace("§", s_digest, StringComparison.Ordinal);
        Assert.Same(text, _session.Redact(text));
    }
}
