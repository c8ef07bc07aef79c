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
    [InlineData("name,environment,host,value,updated_at\nOKTA_API_TOKEN,production,acme.okta.com,00§§,2026-10-20T03:51:38.466Z", "00§§")]
    [InlineData("| Variable | Scope | Value |\n|---|---|---|\n| `WEBHOOK_SECRET` | production | `§§` |")]
    [InlineData("id,login,password,note\n1,ops,§,read-only\n2,dev,,none")]
    [InlineData(" id | login | password\n----+-------+----------------\n  1 | ops   | §\n(1 row)")]
    [InlineData("| service | login | password | notes |\n|---|---|---|---|\n| grafana | admin | § | read-only after 18:00 |")]
    [InlineData("CONVEX_DEPLOY_KEY=prod:tidy-otter-417|eyJ2MiI6§§==\nPORT=3000", "eyJ2MiI6§§==")]
    [InlineData("{\"db_token\": {\"sensitive\": true, \"type\": \"string\", \"value\": \"§§\"}}")]
    [InlineData("{\"form\":{\"grant_type\":\"authorization_code\",\"code\":\"§\"},\"status\":400}")]
    [InlineData("exec ['ldapsearch', '-D', 'cn=svc,dc=acme', '-w', '§'] failed with 49")]
    [InlineData("spawn [\"curl\", \"-u\", \"svc:§\", \"https://api.acme.io\"] failed")]
    [InlineData("express: Cookie: connect.sid=s%3A§§§ -> 200 /profile", "s%3A§§§")]
    [InlineData("cart missing (HTTP_COOKIE: PHPSESSID=§§) in /var/www/cart.php:88")]
    [InlineData("export SECRET_KEY_BASE=§§\\\n§§\nexport RAILS_ENV=production", "§§\\\n§§")]
    [InlineData("ansible changed ~/.pgpass +localhost:5432:*:postgres:§ mode=0600")]
    [InlineData("POST https://hooks.slack.com/services/T024BE7LD/B05FGHIJK/§§ 404 no_service", "T024BE7LD/B05FGHIJK/§§")]
    [InlineData("key https://discord.com/api/webhooks/8353153318398238462/§§§§§ rejected", "§§§§§")]
    [InlineData("https://wa.me/send?phone=%2B41799746467&lang=en", "%2B41799746467")]
    [InlineData("GET /unsubscribe?email=§%2Blist%40nifty.ne.jp&list=44 200", "§%2Blist%40nifty.ne.jp")]
    [InlineData("api.acme.io rejected ACME_API_KEY \"§§\"\n    at request (/srv/client.js:408:30)")]
    [InlineData("proxy_set_header X-Internal-Secret \"§§=\";", "§§=")]
    [InlineData("X-Inngest-Event-Key: §§§\nHost: inn.gs", "§§§")]
    [InlineData("url=https%3A%2F%2Fapi.vercel.com%2Fv1%2Fintegrations%2Fdeploy%2Fprj_T2BsOFWapG1qRPXg5agaiSXN%2F§&tab=keys")]
    [InlineData(">> AUTH PLAIN \u001b[33mAHJlbGF5§§==\u001b[0m\n<< 235 Accepted", "AHJlbGF5§§==")]
    [InlineData("{\"jwk\":\"{\\\"kty\\\": \\\"OKP\\\", \\\"kid\\\": \\\"k7\\\", \\\"d\\\": \\\"§§§\\\"}\"}", "§§§")]
    [InlineData("const secret = process.env.JWT_SECRET ?? '§§';")]
    [InlineData("const token = process.env.GH_TOKEN || \"§§\";")]
    [InlineData("secret_key = ENV.fetch('SECRET_KEY_BASE') { '§§' }")]
    [InlineData("db: ${DB_PASSWORD:-§}/shop", "§")]
    [InlineData("dbPassword: string = '§';\nport: number = 5432;")]
    [InlineData("  ~ secret_string = \"§§\" -> \"§§§\"\n    id = (known after apply)", "§§\" -> \"§§§")]
    [InlineData("{\"Parameter\":{\"Name\":\"/prod/api/DB_PASSWORD\",\"Type\":\"SecureString\",\"Value\":\"§\",\"Version\":4}}")]
    [InlineData("CREATE USER 'wp'@'10.0.%' IDENTIFIED WITH caching_sha2_password BY '§';")]
    [InlineData("INSERT INTO integrations (provider, region, api_token) VALUES ('pipedrive', 'eu (west)', '§§');")]
    [InlineData("COPY public.users (id, email_verified, api_token) FROM stdin;\n1\tt\t§§\n\\.\n")]
    [InlineData("keytool -importkeystore -srckeystore a.p12 -srcstorepass § -noprompt")]
    [InlineData("      - 'POSTGRES_PASSWORD=§,+)§'\n      - 'POSTGRES_DB=app'", "§,+)§")]
    [InlineData("[\"POSTGRES_DB=app\",\"POSTGRES_PASSWORD=§(§\",\"PATH=/usr/bin\"]", "§(§")]
    [InlineData("-DB_HOST=pg-1\n+DB_PASSWORD=§(8,Pp\n DB_PORT=5432", "§(8,Pp")]
    [InlineData("DRIVER={ODBC Driver 18};SERVER=sql02.acme.local;UID=bill;PWD={§[b;]]§};TrustServerCertificate=yes", "§[b;]]§")]
    [InlineData("echo '§' | sudo -S systemctl restart nginx")]
    [InlineData("string password = @\"§\"\"§$\"; // moved later", "§\"\"§$")]
    [InlineData("Content-Disposition: form-data; name=\"password\"\r\n\r\n§)§\r\n------WebKit--", "§)§")]
    [InlineData("redirecting to https://app.acme.io/connect?access_token=§§#step-2", "§§")]
    [InlineData("a,message\n1,\"ldap: {url: ldap://10.1.1.2, bindCredentials: \"\"§§\"\"}\"\n", "§§")]
    [InlineData("if ($http_x_internal_key != \"§§\") { return 403; }")]
    [InlineData("{\"key\": \"http.request.body.password\", \"value\": {\"stringValue\": \"§\"}}, {\"key\": \"n\"}")]
    [InlineData("[Peer]\nPresharedKey = 6uVlOc/I1K/9xG//§=\nAllowedIPs = 10.0.0.0/16", "6uVlOc/I1K/9xG//§=")]
    [InlineData("I reset the database password to `Falcon.Lantern275?` at 14:20.", "Falcon.Lantern275?")]
    [InlineData("/var/lib/web/cache/deploy_token=§§/index.json", "§§")]
    [InlineData("ENOENT: no such file or directory, open '/run/secrets/hmac_secret/§§'")]
    [InlineData("relay?conn=AccountName%3Dnorth%3BAccountKey%3D§§%3D%3D%3BEndpointSuffix%3Dcore.windows.net", "§§%3D%3D")]
    [InlineData("the old one (DATADOG_API_KEY is §§) and the import fails")]
    [InlineData("request.COOKIES={'sessionid': '§§', 'django_language': 'fr'}")]
    [InlineData("1741608811.204112 [0 10.2.0.9:51334] \"AUTH\" \"default\" \"§§\"")]
    [InlineData("| staging | login: ops | password: Pelican.Copper4538 | https://staging.acme.io |", "Pelican.Copper4538")]
    [InlineData("vault write auth/approle/login role_id=b12663a1-38cd-4d6b-a818-09166a38eaa7 secret_id=0544148a-511f-4272-b02e-efb784d137ce", "0544148a-511f-4272-b02e-efb784d137ce")]
    [InlineData("requirepass_note 1\nmasterauth §\nappendonly yes")]
    [InlineData("[smtp.eu.acme.org]:587 postmaster:§§\n", "§§")]
    [InlineData("const t = jwt.sign({ sub: user.id }, '§§', { expiresIn: '15m' });", "§§")]
    [InlineData("they are calling with API key 740ca1d8db06af7c740ca1d8db06af7c since Tuesday", "740ca1d8db06af7c740ca1d8db06af7c")]
    [InlineData("sqlplus -S batch/§@FINPRD @/opt/jobs/close.sql")]
    [InlineData("target=https%3A%2F%2Fhooks.slack.com%2Fservices%2FT0Y0294P9GX%2FB0DZRJDRP3B%2F§§&silent=1", "T0Y0294P9GX%2FB0DZRJDRP3B%2F§§")]
    [InlineData("\u001b[1mPOSTMARK_SERVER_TOKEN\u001b[22m  \u001b[90m§§\u001b[39m  Production")]
    [InlineData("SMTP< 334 UGFzc3dvcmQ6\nSMTP> c1A5eXA3§==\nSMTP< 235 ok", "c1A5eXA3§==")]
    [InlineData("reply: b'334 UGFzc3dvcmQ6'\nsend: 'd3AzZW42§==\\r\\n'", "d3AzZW42§==")]
    [InlineData("hostname,role,username,password\nsw-1,switch,admin,Cedar_Copper1700\n", "Cedar_Copper1700")]
    [InlineData("curl -H \"Authorization: Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIi§§\\\n§§\\\n§.§§\"", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi§§\\\n§§\\\n§.§§")]
    [InlineData("sync?database_url=mysql%3A%2F%2Freporter%3A§%40db.acme.com%3A3306%2Fshop&page=2")]
    [InlineData("wrote 1842 bytes to /var/cache/sync/GH_OAUTH_TOKEN/§§/index.bin", "§§")]
    [InlineData("service,key,value,updated\nworker,ENCRYPTION_KEY,\"§§\",2026-10-02", "§§")]
    [InlineData("env;name;value;owner\nprod;SECRET_KEY_BASE;§§;platform", "§§")]
    [InlineData("someone pasted our password § in the incident channel, please rotate it")]
    [InlineData("the scheduler starts when I pass POSTMARK_SERVER_TOKEN 604f9fa4-b92d-4665-a094-c3ebab8670c2 by hand", "604f9fa4-b92d-4665-a094-c3ebab8670c2")]
    [InlineData("backups/nightly.bak?sv=2023-11-03&sr=b&sig=L%2FEoyOurY6gS4F1l9YS7%2B§%3D", "L%2FEoyOurY6gS4F1l9YS7%2B§%3D")]
    [InlineData("The deploy broke because TWILIO_AUTH_TOKEN was still `§§` in the project.", "§§")]
    [InlineData("export DJANGO_SECRET_KEY=ahe!pboumy9f9hoczoj2-hs5ffvq-dusn(__i§\nPORT=8080", "ahe!pboumy9f9hoczoj2-hs5ffvq-dusn(__i§")]
    [InlineData("I tried again with the search admin key (740ca1d8db06af7c740ca1d8db06af7c), but it answers 401.", "740ca1d8db06af7c740ca1d8db06af7c")]
    [InlineData("{\"SESSION_SECRET\": \"Quartz-quartz8980vJTE159i\"}", "Quartz-quartz8980vJTE159i")]
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
    [InlineData("conn = connect(\"host=db.lan dbname=crm password='§ § 87' application_name=sync\")", "§ § 87")]
    [InlineData("LDAP_BIND_PASSWORD,§!,2026-12-28\nLOG_LEVEL,info,2026-12-28", "§!")]
    [InlineData("Das neue Passwort für sftp.acme.de lautet: §\nBitte testen.")]
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
    public void What_is_no_secret_stays(string shape)
    {
        string text = shape.Replace("§", s_digest, StringComparison.Ordinal);
        Assert.Same(text, _session.Redact(text));
    }
}
