using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Safety.Redaction;

/// <summary>Passwords that only their place on a command line or in a protocol gives away, by the syntax that each program documents.</summary>
public sealed class CommandCredentialTests
{
    private static readonly string s_password = string.Concat("S3cret", "Pw9x");

    private readonly RedactionSession _session = new(RedactionRules.Default);

    [Theory]
    [InlineData(@"net use Z: \\srv01\share P /user:CORP\bob")]
    [InlineData(@"net use \\srv01\share /user:bob P /persistent:no")]
    [InlineData(@"C:\> NET USE \\srv01\share ""P"" /USER:bob")]
    [InlineData(@"net use \\srv01\share P")]
    [InlineData("htpasswd -b /etc/nginx/.htpasswd admin P")]
    [InlineData("htpasswd -bnBC 10 \"\" P | tr -d ':'")]
    [InlineData("sudo htpasswd -c -b -B .htpasswd admin 'P'")]
    [InlineData("htpasswd -nb admin P")]
    [InlineData("*2\r\n$4\r\nAUTH\r\n$10\r\nP\r\n*1\r\n$4\r\nPING\r\n")]
    [InlineData("*3\r\n$4\r\nAUTH\r\n$3\r\nbob\r\n$10\r\nP\r\n")]
    [InlineData("sent \"*3\\r\\n$4\\r\\nauth\\r\\n$3\\r\\nbob\\r\\n$10\\r\\nP\\r\\n\"")]
    [InlineData("sshpass -p P ssh bob@host")]
    [InlineData("mysql -uroot -pP shop")]
    [InlineData("curl -u bob:P https://api.internal")]
    [InlineData("openssl enc -aes-256-cbc -d -in a.enc -K P -iv 5d54612f")]
    [InlineData("user worker on >P ~jobs:* +@all")]
    [InlineData("+OK ready\r\nUSER scans\r\n+OK\r\nPASS P\r\n-ERR")]
    [InlineData("r = requests.get(url, auth=(\"svc\", \"P\"))")]
    [InlineData("new PDO('mysql:host=db;dbname=x', 'portal', 'P');")]
    [InlineData("#0 /srv/db.php(14): PDO->__construct('mysql:host=my...', 'portal', 'P')")]
    [InlineData("DriverManager.getConnection(\"jdbc:mariadb://m:3306/crm\", \"crm\", \"P\");")]
    public void A_password_by_its_place_is_masked_and_nothing_else(string shape)
    {
        string text = shape.Replace("P ", s_password + " ", StringComparison.Ordinal).Replace("P\"", s_password + "\"", StringComparison.Ordinal)
            .Replace("P'", s_password + "'", StringComparison.Ordinal).Replace("P\r", s_password + "\r", StringComparison.Ordinal).Replace("P\\r", s_password + "\\r", StringComparison.Ordinal);
        text = text.EndsWith('P') ? text[..^1] + s_password : text;

        string safe = _session.Redact(text);

        int at = text.IndexOf(s_password, StringComparison.Ordinal);
        Assert.StartsWith(text[..at] + "[REDACTED:command-credential#", safe, StringComparison.Ordinal);
        Assert.EndsWith("]" + text[(at + s_password.Length)..], safe, StringComparison.Ordinal);
        Assert.Same(safe, _session.Redact(safe));
    }

    [Theory]
    [InlineData(@"net use Z: \\srv01\share /user:bob *")]
    [InlineData(@"net use \\srv01\share /delete")]
    [InlineData(@"net use Z: \\srv01\share /savecred /persistent:yes")]
    [InlineData(@"net use \\srv01\share $env:SHARE_PASSWORD /user:bob")]
    [InlineData(@"Run net use \\srv01\share before the backup starts.")]
    [InlineData("The internet use policy of 2026 allows it.")]
    [InlineData("net use: see the manual of 2026")]
    [InlineData("htpasswd -B /etc/nginx/.htpasswd administrator2")]
    [InlineData("htpasswd -b /etc/nginx/.htpasswd admin \"$HTPASSWD\"")]
    [InlineData("apt-get install htpasswd apache2-utils nginx1 nginx2")]
    [InlineData("*2\r\n$4\r\nECHO\r\n$10\r\nhello12345\r\n")]
    [InlineData("*2\r\n$4\r\nAUTH\r\n+OK\r\n")]
    [InlineData("mysql -u root -p shop2026")]
    [InlineData("requests.get(url, auth=(user, password)); new PDO($dsn, $user, $pass); turned on > 3 times")]
    [InlineData("jwt.sign({ sub: 'x' }, process.env.JWT_SECRET, { algorithm: 'HS256' }); jwt.verify(t, key, 'HS256')")]
    [InlineData("The user passed: USER and\nPASS 12 tests")]
    public void What_is_no_password_stays(string text) => Assert.Same(text, _session.Redact(text));
}
