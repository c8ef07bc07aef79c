namespace AgentFlow.Safety.Redaction;

/// <summary>Credentials that their surroundings give away.</summary>
internal static class StructuredRules
{
    /// <summary>What can stand behind a short word when it ends a name.</summary>
    private static readonly ByteSet s_behindName = new("\"'`= :%_>|,]\\.*\t\u001b&\n\r0-9/);-");

    private static readonly ByteSet s_blank = new(" \t");

    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        new("service-role-key", RedactionClass.Token, "Supabase service-role key: a JSON web token whose role claim says so", [], StructuredExamples.ServiceRole),
        new("jwt", RedactionClass.Token, "JSON web token, unless its role is the publishable one", [new("eyJ", false, ByteSet.Alnum, JwtVerifier.Verify)], StructuredExamples.Jwt),
        new("private-key", RedactionClass.Structured, "Private key block (PEM, OpenSSH, PGP, PuTTY), also broken or escaped",
            [
                new("BEGIN", false, null, PemVerifier.VerifyBegin), new("END ", false, null, PemVerifier.VerifyEnd), new("END%20", false, null, PemVerifier.VerifyEnd),
                new("Private-Lines: ", false, null, PemVerifier.VerifyPutty),
                .. new[] { "b3BlbnNzaC1rZXktdjE", "IBADANBgkqhkiG9w0BAQEFAAS", "IBAAKCAQEA", "IBAAKCAgEA", "AgEAMBMGByqGSM49", "MHcCAQEEI", "MC4CAQAwBQYDK2Vw" }
                    .Select(head => new Anchor(head, false, null, PemVerifier.VerifyBody)),
            ],
            StructuredExamples.PrivateKey),
        new("bearer-token", RedactionClass.Structured, "Credential behind Bearer", [new("bearer", true, null, AuthorizationVerifier.VerifyBearer)], StructuredExamples.Bearer),
        new("basic-credential", RedactionClass.Structured, "User and password behind Basic", [new("basic", true, null, AuthorizationVerifier.VerifyBasic)], StructuredExamples.Basic),
        new("mail-credential", RedactionClass.Structured, "SMTP, IMAP or POP authentication",
            [
                new("auth plain", true, null, AuthorizationVerifier.VerifyMailAuth), new("auth login", true, null, AuthorizationVerifier.VerifyMailAuth),
                new("auth xoauth2", true, null, AuthorizationVerifier.VerifyMailAuth), new("UGFzc3dvcmQ6", false, null, AuthorizationVerifier.VerifyMailPassword),
            ],
            StructuredExamples.MailAuth),
        new("cookie", RedactionClass.Structured, "Session cookie", [new("cookie", true, null, CookieVerifier.Verify)], StructuredExamples.Cookie),
        new("named-secret", RedactionClass.Structured, "Value under a name that says password, secret, token or key; also CVC and phone fields",
            [
                .. new[] { "pass", "secret", "token", "creden", "auth", "signature", "session", "mnemonic", "contrasena", "kennwort", "wachtwoord", "salasana", "phone", "mobile" }
                    .Select(word => new Anchor(word, true, null, AssignmentVerifier.Verify)),
                .. new[] { "key", "pwd", "jwt", "_pw", "pat", "sig", "sid", "otp", "cvc", "cvv", "sas", "mdp", "senha", "verifier" }
                    .Select(word => new Anchor(word, true, s_behindName, AssignmentVerifier.Verify)),
                new("?pw=", true, null, AssignmentVerifier.Verify), new("&pw=", true, null, AssignmentVerifier.Verify), new("\"pw\"", true, null, AssignmentVerifier.Verify),
                new("psk", true, s_behindName, AssignmentVerifier.Verify), new("bindpw", true, null, AssignmentVerifier.Verify), new("pw:", true, new ByteSet(" \"'"), AssignmentVerifier.Verify), new("device_code", true, null, AssignmentVerifier.Verify),
                new("_SALT", false, null, AssignmentVerifier.Verify), new("SAMLResponse", false, null, AssignmentVerifier.Verify),
                new("code=", true, null, AssignmentVerifier.Verify), new("\"code\"", false, null, AssignmentVerifier.Verify), new("hash=", true, null, AssignmentVerifier.Verify), new("hmac=", true, null, AssignmentVerifier.Verify),
                new("key</", true, null, AssignmentVerifier.Verify), new("keys", true, null, AssignmentVerifier.Verify),
            ],
            StructuredExamples.Assignment),
        new("prose-secret", RedactionClass.Structured, "Strongly random word behind key, token, secret or credentials in a sentence",
            [
                .. new[] { "token", "secret", "credential" }.Select(word => new Anchor(word, true, null, ProseVerifier.Verify)),
                .. new[] { "passwor", "mot de passe", "kennwort", "contrase", "wachtwoord", "senha", "passphrase" }.Select(word => new Anchor(word, true, null, ProseVerifier.VerifyPassword)),
                new("key", true, new ByteSet(" (:=`'\"s.,\n"), ProseVerifier.Verify),
            ],
            StructuredExamples.Prose),
        new("command-credential", RedactionClass.Structured, "Password on a command line or in a statement (curl -u, sshpass, mysql, redis-cli, net use, htpasswd, IDENTIFIED BY, ConvertTo-SecureString)",
            [
                new(" -u", false, new ByteSet("A-Za-z0-9 '\"_=.@"), CommandVerifier.VerifyUser), new("\"-u\"", false, null, CommandVerifier.VerifyUser), new("'-u'", false, null, CommandVerifier.VerifyUser), new("curl -", false, new ByteSet("a-zA-Z"), CommandVerifier.VerifyFlags), new("--user ", false, null, CommandVerifier.VerifyUser), new("--user=", false, null, CommandVerifier.VerifyUser),
                new("--proxy-user ", false, null, CommandVerifier.VerifyUser), new(" -a ", false, null, CommandVerifier.VerifyUser),
                .. ClientVerifier.Anchors, .. OperandVerifier.Anchors, .. PercentVerifier.Anchors,
                .. new[] { "--password-stdin", "vercel env add", "chpasswd", "gh secret set", "--with-token", "sudo -S", "wrangler secret put" }.Select(reader => new Anchor(reader, false, null, DialogueVerifier.VerifyPiped)),
                new("PASS ", false, null, DialogueVerifier.VerifyPrompt), new("AUTH ", false, null, DialogueVerifier.VerifyPrompt), new("LOGIN ", false, null, DialogueVerifier.VerifyLogin),
                new("Credential(", false, null, DialogueVerifier.VerifyPair), new("auth=(", false, null, DialogueVerifier.VerifyPair), new("BasicAuth(", false, null, DialogueVerifier.VerifyPair),
                new("getConnection(", false, null, DialogueVerifier.VerifyTriple), new("PDO(", false, null, DialogueVerifier.VerifyTriple), new("PDO->__construct(", false, null, DialogueVerifier.VerifyTriple),
                new("mysqli(", false, null, DialogueVerifier.VerifyTriple), new("mysqli_connect(", false, null, DialogueVerifier.VerifyTriple),
                .. new[] { "Client(", "twilio(", "twilio')(", "twilio\")(" }.Select(call => new Anchor(call, false, new ByteSet("'\""), DialogueVerifier.VerifyClient)),
                .. LabelVerifier.Anchors,
                new("jwt.sign(", false, null, DialogueVerifier.VerifySigning), new("jwt.verify(", false, null, DialogueVerifier.VerifySigning),
                new("identified by", true, null, CommandVerifier.VerifyQuoted), new("IDENTIFIED WITH", false, null, CommandVerifier.VerifyQuoted), new("ConvertTo-SecureString", false, null, CommandVerifier.VerifyQuoted),
            ],
            StructuredExamples.Command),
        new("jwk-private", RedactionClass.Structured, "Private member of a JSON web key", [new("\"kty\"", false, null, JwkVerifier.Verify), new("\"kty\\\"", false, null, JwkVerifier.Verify)], StructuredExamples.Jwk),
        new("recovery-code", RedactionClass.Structured, "Recovery or backup codes of a second factor",
            [new("ecovery", false, null, RecoveryVerifier.Verify), new("ackup code", true, null, RecoveryVerifier.Verify), new("ackup_code", true, null, RecoveryVerifier.Verify), new("ackupCode", false, null, RecoveryVerifier.Verify)],
            StructuredExamples.RecoveryCodes),
        new("pgpass", RedactionClass.Structured, "Line of .pgpass, or of Postfix's sasl_passwd", [new("]:587", false, s_blank, LongTokens.VerifySasl), new("]:465", false, s_blank, LongTokens.VerifySasl), new(":5432:", false, null, LongTokens.VerifyPgpass), new(":6543:", false, null, LongTokens.VerifyPgpass), new(":6432:", false, null, LongTokens.VerifyPgpass)], StructuredExamples.Pgpass),
        new("telegram-token", RedactionClass.Token, "Telegram bot token", [new(":AA", false, ByteSet.WordDash, LongTokens.VerifyTelegram), new("%3AAA", false, null, LongTokens.VerifyTelegram)], SpecialRules.Drawn("12{d:8}:AA{w:33}")),
        new("stripe-client-secret", RedactionClass.Token, "Client secret of a Stripe payment, setup or checkout object", [new("_secret_", false, null, LongTokens.VerifyClientSecret)], SpecialRules.Drawn("pi_3{A:23}_secret_{A:24}9")),
    ];
}
